"""When an event of UCDP GED happened: a day, a month or year where both ends are those of one, else the span."""

from calendar import monthrange

EXACT = 1  # the `date_prec` at which the day is known


def edtf(start: str, end: str, precision: int | None) -> str:
    """The date in EDTF. One day that the row does not call exact is about that day."""
    if start == end:
        return start if precision in (EXACT, None) else f"{start}~"
    year, month, day = start.split("-")
    last = f"{monthrange(int(year), int(month))[1]:02}"
    if day == "01" and end == f"{year}-{month}-{last}":
        return f"{year}-{month}"
    return year if (start, end) == (f"{year}-01-01", f"{year}-12-31") else f"{start}/{end}"
