"""Licences by their SPDX identifiers (https://spdx.org/licenses): those of data, their names, where their texts are."""

import re
from typing import Final

from app.values.nearest import nearest

_FORM: Final = re.compile(r"(?:LicenseRef-)?[A-Za-z0-9]+(?:[.+-][A-Za-z0-9]+)*\+?")
_OF_DATA: Final = (
    *(f"CC-{kind}-{version}" for version in ("4.0", "3.0") for kind in ("BY", "BY-SA", "BY-NC", "BY-NC-SA", "BY-ND")),
    *("CC-BY-NC-ND-4.0", "CC-BY-NC-ND-3.0", "CC0-1.0", "PDDL-1.0", "ODbL-1.0", "ODC-By-1.0", "OGL-UK-3.0", "MIT"),
    *("Apache-2.0", "DL-DE-BY-2.0", "DL-DE-ZERO-2.0", "etalab-2.0", "CDLA-Permissive-2.0", "BSD-3-Clause", "Unlicense"),
)
_NAMES: Final = {
    "creative commons attribution": "CC-BY-4.0",
    "creative commons attribution 4.0": "CC-BY-4.0",
    "creative commons attribution sharealike": "CC-BY-SA-4.0",
    "creative commons zero": "CC0-1.0",
    "public domain": "CC0-1.0",
    "open database license": "ODbL-1.0",
    "cc by": "CC-BY-4.0",
    "cc by sa": "CC-BY-SA-4.0",
    "cc by nc": "CC-BY-NC-4.0",
    "cc0": "CC0-1.0",
    "odbl": "ODbL-1.0",
    "apache": "Apache-2.0",
}
_UNVERSIONED: Final = re.compile(r"CC-BY(?:-(?:SA|NC|ND))*|CC-?0|ODbL|Apache|PDDL|GPL|BSD", re.IGNORECASE)
# All of Creative Commons in SPDX, those of one country too: CC-BY-NC-SA-2.0-UK, CC-BY-3.0-IGO.
_CREATIVE_COMMONS: Final = re.compile(
    r"CC-(?:BY(?:-NC)?(?:-ND|-SA)?|SA)-(?:1\.0|2\.0|2\.1|2\.5|3\.0|4\.0)(?:-[A-Z]{2,3})?"
    r"|CC0-1\.0|CC-PDDC|CC-PDM-1\.0"
)

_TEXTS: Final = {"CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/"}  # where one is better known


def licence_url(spdx: str) -> str:
    """Where the text of a licence is found."""
    return _TEXTS.get(spdx, f"https://spdx.org/licenses/{spdx}")


def is_spdx(text: str) -> bool:
    """Whether it can be an identifier: of that form, with its version, and no known one in another case."""
    if _FORM.fullmatch(text) is None or _UNVERSIONED.fullmatch(text):
        return False
    if text.upper().startswith("CC") and _CREATIVE_COMMONS.fullmatch(text) is None:
        return False
    return text in _OF_DATA or text.lower() not in [known.lower() for known in _OF_DATA]


def meant(text: str) -> str | None:
    """The identifier that a name of a licence stands for."""
    plain = re.sub(r"[\s_-]+", " ", text.lower()).strip()
    plain = re.sub(r"\b(?:the|licen[cs]e|international|unported)\b", "", plain).strip()
    named = _NAMES.get(" ".join(plain.split()))
    return named or nearest(re.sub(r"\s+", "-", plain), _OF_DATA)
