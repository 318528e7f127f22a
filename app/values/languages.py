"""Languages as they are written here: the form of a BCP 47 tag, such as `en` or `sr-Latn`."""

import re
from collections.abc import Callable, Mapping
from typing import Final

LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")

_NAMES: Final = {
    "sq": "albanian shqip",
    "ar": "arabic",
    "bs": "bosnian bosanski",
    "bg": "bulgarian",
    "zh": "chinese mandarin",
    "hr": "croatian hrvatski",
    "cs": "czech",
    "da": "danish",
    "nl": "dutch nederlands",
    "en": "english",
    "et": "estonian",
    "fi": "finnish",
    "fr": "french francais français",
    "de": "german deutsch",
    "el": "greek",
    "he": "hebrew",
    "hi": "hindi",
    "hu": "hungarian magyar",
    "id": "indonesian",
    "it": "italian italiano",
    "ja": "japanese",
    "ko": "korean",
    "ku": "kurdish",
    "lv": "latvian",
    "lt": "lithuanian",
    "mk": "macedonian",
    "no": "norwegian norsk",
    "fa": "persian farsi",
    "pl": "polish polski",
    "pt": "portuguese",
    "ro": "romanian română",
    "ru": "russian",
    "sr": "serbian srpski",
    "sk": "slovak",
    "sl": "slovenian slovene",
    "es": "spanish español espanol",
    "sv": "swedish svenska",
    "tr": "turkish türkçe",
    "uk": "ukrainian",
    "ur": "urdu",
    "vi": "vietnamese",
}
_CODES: Final = {name: code for code, names in _NAMES.items() for name in names.split()}
_SHAPES: Final[Mapping[int, Callable[[str], str]]] = {2: str.upper, 4: str.title}  # of regions and of scripts
_PARTS: Final = re.compile(r"([A-Za-z]{2,3})(?:[-_]([A-Za-z0-9_-]+))?")


def in_its_case(tag: str) -> str:
    """The tag as RFC 5646 writes it (section 2.1.1), since case makes no difference to it: `sr-latn` is sr-Latn."""
    first, *more = tag.lower().split("-")
    before = (first, *more)
    written = [
        part if len(last) == 1 else _SHAPES.get(len(part), str)(part) for last, part in zip(before, more, strict=False)
    ]
    return "-".join([first, *written])


def tag(text: str) -> str | None:
    """The tag that a name or another way to write it stands for: `English` is en, `en_US` is en-US."""
    if (code := _CODES.get(text.strip().lower())) is not None:
        return code
    found = _PARTS.fullmatch(text.strip())
    tag = found and "-".join([found[1].lower(), *re.split("[-_]", found[2] or "")]).rstrip("-")
    return tag if tag and LANGUAGE.fullmatch(tag) else None
