"""Characters that are not seen: format characters (Unicode Cf), among them those that turn the direction of a text."""

import re
from typing import Final

BIDI: Final = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Controls of direction: what is read may be in another order than what is written."""

FORMAT: Final = re.compile(
    "[\u00ad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f"
    "\ufeff\ufff9-\ufffb\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0001\U000e0020-\U000e007f]"
)
"""Every format character."""

UNSEEN: Final = re.compile(
    "[\u00ad\u180e\u200b\u2060-\u2064\u206a-\u206f\ufeff\ufff9-\ufffb]|(?<=[\x00-\u02ff])[\u200c\u200d]"
)
"""Those that no text needs; joiners belong to words of some scripts and to pictures, not to Latin letters."""
