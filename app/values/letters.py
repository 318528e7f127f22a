"""Letters that languages write in more than one way: one table for each convention, applied to lower-case text.

`MAIN` is part of every key. The others are conventions of which one text may follow any: each makes a key of its own.
"""

import re
from typing import Final

Table = dict[int, str]  # for str.translate

APOSTROPHES: Final = "'`´ʹʻʼʽʾʿˈˊˋʹ՚׳ߴߵ\u02ee\ua78c\u1fbd\u1fbf\u1fef\u1ffd\u1ffe\u0374‘’‚‛′‵❛❜＇｀"
"""One sign, whatever Unicode calls it: an apostrophe, a quotation mark, a prime, an accent or a letter."""

# Arabic letters that writers and keyboards exchange; Persian, Kurdish and Urdu forms beside the Arabic ones.
_ARABIC = {"ى": "ي", "ی": "ي", "ې": "ي", "ے": "ي", "ة": "ه", "ە": "ه", "ہ": "ه", "ھ": "ه", "ۀ": "ه", "ک": "ك", "ٱ": "ا"}
_ARABIC |= {"أ": "ا", "إ": "ا", "آ": "ا", "ؤ": "و", "ئ": "ي", "ـ": ""}

MAIN: Final = str.maketrans(_ARABIC | {"ѓ": "dj", "ќ": "c", "ѕ": "z"})
"""While letters still have their marks."""

SOUTH_SLAVIC: Final = str.maketrans(
    {"ч": "c", "ћ": "c", "ц": "c", "ш": "s", "ж": "z", "х": "h"}
    | {"ђ": "dj", "đ": "dj", "љ": "lj", "њ": "nj", "џ": "dz"}
)
"""Both scripts of South Slavic languages to one key; marks are gone by then, so č and ć are c, š is s and dž is dz."""

_HISSING = {"ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ё": "e", "э": "e"}

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe", "æ": "ae"})
_MACEDONIAN = str.maketrans(
    {"ѓ": "gj", "ќ": "kj", "ѕ": "dz", "ж": "zh", "ч": "ch", "ш": "sh", "џ": "dzh", "х": "h", "ц": "c"}
)
_PRESS = str.maketrans(_HISSING | {"й": "y", "ы": "y", "ю": "yu", "я": "ya", "ї": "yi", "є": "ye", "ё": "yo"})
_PASSPORT = str.maketrans(_HISSING | {"й": "i", "ы": "y", "ю": "iu", "я": "ia", "ї": "i", "є": "ie", "ъ": "ie"})
_UKRAINIAN = str.maketrans(
    _HISSING | {"г": "h", "ґ": "g", "и": "y", "й": "i", "ї": "i", "є": "ie", "ю": "iu", "я": "ia"}
)
_SCHOLARLY = str.maketrans({"й": "j", "ю": "ju", "я": "ja", "ї": "ji", "є": "je", "щ": "sc", "ы": "y", "э": "e"})

_CYRILLIC = re.compile("[\u0400-\u052f]")
_MACEDONIAN_LETTERS = re.compile("[ѓќѕ]")
_SERBIAN_LETTERS = re.compile("[ђјљњћџ]")
_RUSSIAN_LETTERS = re.compile("[ыэёъ]")
# The ends of Slavic names: Zelenskyi, Zelenskyy, Zelenskiy and Zelenski are Zelensky; Yuliya is Yulia.
_ENDINGS = re.compile(r"(?P<y>(?<=[a-z][sc]k)(?:iy|yi|yy|ii|ij|yj|i)\b)|(?<=[a-z]{2})i[iyj]a\b")


def conventions(text: str) -> tuple[Table, ...]:
    """The tables of a lower-case text of composed letters that is not ASCII; only what it may be is tried."""
    if not _CYRILLIC.search(text):
        return (_UMLAUTS,)
    if _MACEDONIAN_LETTERS.search(text):
        return (_MACEDONIAN,)
    if _SERBIAN_LETTERS.search(text):
        return ()
    return (_PRESS, _PASSPORT, _SCHOLARLY, *(() if _RUSSIAN_LETTERS.search(text) else (_UKRAINIAN,)))


_MAY_END_SO = ("ski", "sky", "cki", "cky", "iia", "iya", "ija")  # far faster to find than the ends themselves


def endings(key: str) -> str:
    """The key with the ends of names in one form."""
    for part in _MAY_END_SO:
        if part in key:
            return _ENDINGS.sub(lambda found: "y" if found["y"] else "ia", key)
    return key
