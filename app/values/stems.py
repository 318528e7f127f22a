"""Stems of English words: arrest, arrested and arrests are one; so are recognise and recognize, labour and labor."""

import re
from functools import lru_cache
from threading import Lock
from typing import Final

from Stemmer import Stemmer

_LONGEST = 40  # letters of a word that is looked at

_BRITISH_S = re.compile(r"(?<=[a-z]{3})(is|ys)(e|ed|es|er|ers|ing|able|ation|ations)$")
_BRITISH_OUR = re.compile(
    "^(dis|mis|be|un|re)?(ard|arm|behavi|cand|clam|col|demean|enam|endeav|ferv|fav|flav|glam|harb|hon|hum|lab|misdemean"
    "|neighb|od|parl|ranc|rig|rum|sav|savi|splend|succ|tum|val|vap|vig)our"
)
_BRITISH: Final = {  # whole words, and their plurals
    **{"centre": "center", "theatre": "theater", "fibre": "fiber", "litre": "liter", "calibre": "caliber"},
    **{"metre": "meter", "kilometre": "kilometer", "centimetre": "centimeter", "millimetre": "millimeter"},
    **{"defence": "defense", "offence": "offense", "licence": "license", "pretence": "pretense", "grey": "gray"},
    **{
        "programme": "program",
        "practise": "practice",
        "cheque": "check",
        "aluminium": "aluminum",
        "judgement": "judgment",
    },
}

_english = Stemmer("english")
_one_at_a_time = Lock()  # it serves one thread


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """What all forms and spellings of a folded word share; it need not be a word."""
    if len(word) > _LONGEST or word.isdigit():
        return word
    with _one_at_a_time:
        return str(_english.stemWord(_american(word)))


def _american(word: str) -> str:
    one = word.removesuffix("s")
    if one in _BRITISH:
        return _BRITISH[one]
    return _BRITISH_OUR.sub(r"\1\2or", _BRITISH_S.sub(lambda found: f"{found[1][0]}z{found[2]}", word))
