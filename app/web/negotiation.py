"""Which representation to answer with: `format` beats `Accept` (RFC 9110 section 12.5.1)."""

from collections.abc import Sequence

from starlette.requests import Request

from app.errors import NotAcceptable

JSON = "application/json"
HTML = "text/html"


def accepted(request: Request, produced: Sequence[str]) -> str:
    """The best of the media types that can be produced, in our order of preference; raises NotAcceptable."""
    ranges = _ranges(",".join(request.headers.getlist("accept")) or "*/*")
    ranked = [(_quality(media, ranges), -i, media) for i, media in enumerate(produced)]
    quality, _, media = max(ranked)
    if quality <= 0:
        raise NotAcceptable(f"{request.url.path} can be had as {', '.join(produced)}.")
    return media


def _ranges(header: str) -> list[tuple[str, float]]:
    found = []
    for part in header.split(","):
        media, *parameters = (piece.strip().lower() for piece in part.split(";"))
        quality = next((value[2:] for value in parameters if value.startswith("q=")), "1")
        found.append((media, _number(quality)))
    return found


def _number(text: str) -> float:
    try:
        return min(max(float(text), 0.0), 1.0)
    except ValueError:
        return 0.0


def _quality(media: str, ranges: Sequence[tuple[str, float]]) -> float:
    """That of the most specific range that fits."""
    kind = media.partition("/")[0]
    for wanted in (media, f"{kind}/*", "*/*"):
        for found, quality in ranges:
            if found == wanted:
                return quality
    return 0.0
