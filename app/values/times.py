"""Times of day to the minute, with their offset from UTC: `17:09+02:00`, `15:09Z`."""

import re
from typing import Annotated, Final

from pydantic import Field

TIME: Final = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])(Z|([+-])(0[0-9]|1[0-4]):([0-5][0-9]))", re.ASCII)
"""RFC 3339 without a date and without seconds, which nobody tells."""

TimeOfDay = Annotated[str, Field(pattern=f"^{TIME.pattern}$")]

DAY: Final = 24 * 60  # minutes


def minute(day: int, time: str) -> int:
    """The minute since 1970-01-01 in UTC of a time on that day; raises ValueError for a text that is no time."""
    found = TIME.fullmatch(time)
    if found is None:
        raise ValueError(f"{time!r} is no time such as 17:09+02:00")
    hours, minutes, _, sign, ahead, further = found.groups()
    offset = (60 * int(ahead) + int(further)) * (-1 if sign == "-" else 1) if sign else 0
    return DAY * day + 60 * int(hours) + int(minutes) - offset
