"""Identifiers elsewhere, as `scheme:value`: whether a text is one, and which one it was probably meant to be."""

import re

from app.values.nearest import nearest
from app.vocabularies.vocabulary import TermEntry, load

SCHEMES = "identifier-schemes"


def wrong(text: str) -> str:
    """Why the text is no identifier, as a sentence; empty if it is one."""
    schemes = load(SCHEMES).terms
    scheme, colon, value = text.partition(":")
    if not colon or not value:
        return f"'{text}' has not the form scheme:value, as in wikidata:Q1246."
    if scheme not in schemes:
        return f"'{scheme}' is not one of {', '.join(schemes)}."
    pattern = schemes[scheme].pattern
    if pattern and not re.fullmatch(pattern, value):
        return f"'{value}' is no identifier of {schemes[scheme].label}, which has the form {pattern}."
    return ""


def meant(text: str) -> str | None:
    """The identifier in the form of its scheme; without a known scheme, of the only one that it fits."""
    schemes = load(SCHEMES).terms
    scheme, _, value = text.partition(":")
    near = scheme if scheme in schemes else nearest(scheme, schemes)
    if near is not None and value:
        form = _form(schemes[near], value)
        return f"{near}:{form}" if form else None
    fitting = [f"{id}:{form}" for id, each in schemes.items() if (form := _form(each, text))]
    return fitting[0] if len(fitting) == 1 else None


def _form(scheme: TermEntry, text: str) -> str | None:
    """The text as an identifier of the scheme, if it can be one: without the address before it, in capitals."""
    bare = text.strip().removeprefix((scheme.url or "").partition("{value}")[0])
    return next((each for each in (bare, bare.upper()) if re.fullmatch(scheme.pattern or ".+", each)), None)
