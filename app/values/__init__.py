"""Small value types: dates, names, numbers, points, links, pinned passages; parsed, checked and compared."""
