"""Languages as they are written here: the form of a BCP 47 tag, such as `en` or `sr-Latn`."""

import re
from typing import Final

LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
