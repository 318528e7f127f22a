"""What the records of a corpus say of each other, worked out from the entries: pure, and linear in their number."""

from app.derive.facts import derive

__all__ = ["derive"]
