"""Which representation to answer with: `format` beats `Accept` (RFC 9110 section 12.5.1), among those of the path."""

from collections.abc import Sequence
from functools import lru_cache

from starlette.types import Scope

from app.errors import Fault, NotAcceptable
from app.formats import FORMATS, Format
from app.query.base import Refused
from app.query.parameters import FORMAT, Given, cut, one_of
from app.web.api.headers import sent

JSON = "application/json"
HTML = "text/html"
PROBLEM = "application/problem+json"
ALIASES = {alias: known.media_type for known in FORMATS.values() for alias in known.aliases}


def negotiated(scope: Scope, given: Given, offered: Sequence[Format], faults: list[Fault]) -> Format:
    """The one of the formats `offered` that `format` names, or else that is accepted most; raises NotAcceptable.

    A `format` that names none of them is added to the faults; whatever comes back then is not to be answered with.
    """
    if FORMAT.name not in given:
        chosen = _liked(sent(scope).get(b"accept", b""), tuple(offered))
        if chosen is None:
            raise _not_had(scope, [known.media_type for known in offered])
        return chosen
    try:
        name = cut(FORMAT.name, given[FORMAT.name], multiple=False)[0].lower()
        if name in FORMATS and FORMATS[name] not in offered:
            faults.append(_not_of(scope, name, offered))
            return offered[0]
        return FORMATS[one_of(FORMAT.name, name, [known.name for known in offered])]
    except Refused as refused:
        called = next((known.name for known in offered if refused.value.lower() in known.words), None)
        faults.append(Fault(FORMAT.name, refused.value, refused.message, called or refused.did_you_mean))
        return offered[0]


@lru_cache(maxsize=1000)  # clients send few headers
def _liked(accept: bytes, offered: tuple[Format, ...]) -> Format | None:
    """The format that an Accept header asks for most, if it asks for any."""
    media = _best(accept.decode("latin-1") or "*/*", tuple([known.media_type for known in offered]))
    return next((known for known in offered if known.media_type == media), None)


def _not_had(scope: Scope, produced: Sequence[str]) -> NotAcceptable:
    return NotAcceptable(f"{scope['path']} can be had as {', '.join(produced)}.")


def _not_of(scope: Scope, name: str, offered: Sequence[Format]) -> Fault:
    """A format of ours that the path does not have."""
    instead = ", ".join(known.name for known in offered)
    message = f"{scope['path']} cannot be had as {name}; it can be had as {instead}."
    return Fault(FORMAT.name, name, message, about="format")


def accepted(scope: Scope, produced: tuple[str, ...]) -> str:
    """The best of the media types that can be produced, in our order of preference; raises NotAcceptable."""
    best = _best(sent(scope).get(b"accept", b"").decode("latin-1") or "*/*", produced)
    if best is None:
        raise _not_had(scope, produced)
    return best


def named_formats(scope: Scope) -> list[str]:
    """Every value of `format`, as it was sent."""
    return [value for name, value in scope["state"].get("pairs", ()) if name == FORMAT.name]


def is_for_people(scope: Scope) -> bool:
    """Whether a problem is met by a person: a browser asks, and names no format for programs."""
    state = scope.get("state", {})
    if "sent" not in state:  # refused before the headers were read
        return False
    header = sent(scope).get(b"accept", b"").decode("latin-1")
    return named_formats(scope) in ([], ["html"]) and _best(header, (PROBLEM, HTML)) == HTML


@lru_cache(maxsize=200)  # clients send few headers
def _best(header: str, produced: tuple[str, ...]) -> str | None:
    ranges = _ranges(header)
    if any(media == "*" for media, _ in ranges):  # Java's own client: `text/html, image/gif, image/jpeg, *; q=.2, ...`
        ranges = [(media, quality) for media, quality in ranges if media != HTML]
    quality, _, media = max((_quality(media, ranges), -i, media) for i, media in enumerate(produced))
    return media if quality > 0 else None


def _ranges(header: str) -> list[tuple[str, float]]:
    found = []
    for part in header.split(","):
        media, *parameters = (piece.strip().lower() for piece in part.split(";"))
        quality = next((value[2:] for value in parameters if value.startswith("q=")), "1")
        found.append((ALIASES.get(media, media), _number(quality)))
    return found


def _number(text: str) -> float:
    """A quality; where it is no number, as if there were none."""
    try:
        return min(max(0.0, float(text)), 1.0)  # 0.0 first: it wins over nan
    except ValueError:
        return 1.0


def _quality(media: str, ranges: Sequence[tuple[str, float]]) -> float:
    """That of the most specific range that fits."""
    kind = media.partition("/")[0]
    for wanted in (media, f"{kind}/*", "*/*"):
        for found, quality in ranges:
            if found == wanted:
                return quality
    return 0.0
