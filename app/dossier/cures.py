"""What to do about a value that does not do, where more can be said than of all of its kind."""

import re
from collections.abc import Mapping
from typing import Final

from app.dossier.nodes import Location
from app.dossier.scalars import LONGEST_NUMBER
from app.values.dates_as_written import ambiguous, meant, plainly
from app.values.edtf import is_date
from app.values.languages import tag
from app.values.nearest import nearest
from app.vocabularies import load

SHORT_LIST = 20  # terms that one line can list
WITHOUT_QUOTES: Final = ", without quotes"  # what is said of YAML only

_NUMBERS: Final = {"int_type": "a whole number", "int_from_float": "a whole number", "float_type": "a number"}
_SAID: Final = {"yes": "true", "y": "true", "on": "true", "no": "false", "n": "false", "off": "false"}
_FORMS: Final = {
    "issued": "write a day of the calendar as YYYY-MM-DD",
    "script": "write a code of ISO 15924, such as Latn",
    "sha256": "copy it from what onrecord anchor prints: 64 digits of 0 to 9 and a to f",
    "exact_match": "write a whole address, beginning with https:// or http://",
    "url": "write a whole address in which {value} stands for the identifier",
}
_GROUPED = re.compile(r"[-+]?[0-9]{1,3}(?:([,'’  ])[0-9]{3})(?:\1[0-9]{3})*(?:\.[0-9]+)?")
_COMMA = re.compile(r"[-+]?[0-9]+,[0-9]+")
_NOTHING: Final = {
    "string_type": "put the text between quotes: what follows # is a comment",
    "list_type": "list something, or take the field out",
}
_MAIL = re.compile(r"[^@\s:]+@[^@\s:]+\.[^@\s:]+")


def cure(type: str, context: Mapping[str, str], value: object, location: Location) -> str:
    """What to write instead; empty for the cure of the kind."""
    name = next((step for step in reversed(location) if isinstance(step, str)), "")
    if "vocabulary" in context:
        return _term(context["vocabulary"], value)
    if type in _NUMBERS:
        return _number(type, value)
    if value is None:
        return _NOTHING.get(type, "")
    if type == "bool_type":
        return _flag(value)
    if isinstance(value, list) and name == "speaker":
        return "write one claim for each speaker, or name a group that speaks"
    return _text(type, value, name) if isinstance(value, str) else ""


def _term(vocabulary: str, value: object) -> str:
    known = load(vocabulary)
    if len(known.terms) <= SHORT_LIST:
        return f"choose one of {', '.join(known.terms)}"
    named = known.called(value) if isinstance(value, str) else None
    near = named or (nearest(value, known.terms) if isinstance(value, str) else None)
    own = ", or define it in vocabularies.yaml" if known.open else ""
    return f"write {near}" if near else f"choose a term that onrecord vocabulary {vocabulary} prints{own}"


def _date(text: str) -> str:
    """The date that was probably meant; both where two numbers may each be the month."""
    if either := ambiguous(text):
        return f"write {' or '.join(either)}, whichever is meant"
    near = meant(text) or ("" if ":" in text else plainly(text))
    return f"write {near}" if near and is_date(near) else ""


def _number(type: str, value: object) -> str:
    """What to do where a number is expected: quotes are only told of where there may be some."""
    expected = _NUMBERS[type]
    if isinstance(value, str):
        digits = value.lstrip("+-")
        if digits.isdigit() and len(digits) > LONGEST_NUMBER:
            return f"write {expected} of at most {LONGEST_NUMBER} digits, which every program holds exactly"
        if _GROUPED.fullmatch(value):
            return f"write {re.sub('[^0-9.+-]', '', value)}: digits stand without marks between them"
        if _COMMA.fullmatch(value):
            return f"write {value.replace(',', '.')}: a point parts the decimals"
    return f"write {expected} in digits{WITHOUT_QUOTES}"


def _flag(value: object) -> str:
    said = _SAID.get(value.lower()) if isinstance(value, str) else None
    return f"write {said}{WITHOUT_QUOTES}" if said else "write true or false, in small letters and without quotes"


def _text(type: str, value: str, name: str) -> str:
    if type == "bad_date":
        return _date(value)
    if type == "string_too_short":
        return "write something; a field that says nothing is left out"
    if type == "string_pattern_mismatch" and name in _FORMS:
        return _FORMS[name]
    if _MAIL.fullmatch(value):
        return f"write mailto:{value}"
    if name in ("language", "lang") and (found := tag(value)):
        return f"write {found}"
    return "write a BCP 47 tag, such as en or sr-Latn; und if it is not known" if name in ("language", "lang") else ""
