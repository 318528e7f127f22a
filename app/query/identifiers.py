"""Identifiers elsewhere, as `scheme:value`: whether a text is one, and which one it was probably meant to be."""

import re
from urllib.parse import unquote, urlsplit

from app.values.check_digits import holds
from app.values.nearest import nearest
from app.vocabularies import TermEntry, load

SCHEMES = "identifier-schemes"
SEPARATORS = re.compile(r"[\s-]")


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
    rule = schemes[scheme].check
    if rule and not holds(rule, value):
        return f"'{value}' is no identifier of {schemes[scheme].label}: its check digits do not fit."
    return ""


def canonical(text: str) -> str:
    """The identifier as it is compared: by the rules of its scheme, and the name of the scheme in small letters."""
    scheme, colon, value = text.partition(":")
    known = load(SCHEMES).terms.get(scheme.lower())
    if known is None:
        return text
    return f"{known.id}{colon}{value.lower() if known.any_case else value}"


def meant(text: str) -> str | None:
    """The identifier in the form of its scheme, of its address, or of the only scheme that the text fits."""
    schemes = load(SCHEMES).terms
    if address := _at(text):
        return address
    scheme, _, value = text.partition(":")
    near = scheme if scheme in schemes else nearest(scheme, schemes)
    if near is not None and value:
        form = _form(schemes[near], value)
        return f"{near}:{form}" if form else None
    fitting = [f"{id}:{form}" for id, scheme in schemes.items() if (form := _form(scheme, text))]
    return fitting[0] if len(fitting) == 1 else None


def _at(text: str) -> str | None:
    """What an address of a scheme's own site names, be it a page or an entity; of others the address itself."""
    bare = re.sub(r"^url:(?=https?://)", "", text.strip())
    if not re.match(r"https?://", bare):
        return None
    for id, scheme in load(SCHEMES).terms.items():
        if scheme.url and _host(scheme.url) == _host(bare):
            path = unquote(urlsplit(bare).path).strip("/")
            found = next((form for part in (path, *path.split("/")) if (form := _form(scheme, part))), None)
            if found:
                return f"{id}:{found}"
    return f"url:{bare}"


def _host(address: str) -> str:
    return urlsplit(address).netloc.lower().removeprefix("www.")


def _form(scheme: TermEntry, text: str) -> str | None:
    """The text as an identifier of the scheme, if it can be one: without its address, in capitals, without hyphens."""
    bare = text.strip().removeprefix((scheme.url or "").partition("{value}")[0])
    forms = (bare, bare.upper(), SEPARATORS.sub("", bare).upper())
    return next((form for form in forms if re.fullmatch(scheme.pattern or ".+", form)), None)
