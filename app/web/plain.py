"""Answers that belong to no one release: the service itself, its releases, its vocabularies."""

from collections.abc import Mapping
from typing import Any

import orjson
from starlette.requests import Request
from starlette.responses import Response

from app.errors import bad_query
from app.query.parameters import FORMAT, unknown
from app.web.asked import negotiated, read_format
from app.web.conditional import CURRENT, VARY, etag, not_modified, unchanged
from app.web.links import Address
from app.web.query_string import grouped


def plain_answer(request: Request, version: str, body: Mapping[str, Any]) -> Response:
    """The body as JSON; `version` is whatever changes when the body does."""
    address = Address.of(request)
    media = _media(request, address)
    headers = {
        "ETag": etag(version, address.url, media),
        "Cache-Control": CURRENT,
        "Vary": VARY,
        "Accept-Ranges": "none",
    }
    if not_modified(request, headers["ETag"]):
        return unchanged(headers)
    return Response(orjson.dumps(body), headers=headers, media_type=media)


def _media(request: Request, address: Address) -> str:
    """The one media type, after refusing every other parameter; raises BadQuery or NotAcceptable."""
    given = grouped(address.pairs)
    faults = unknown(given, [FORMAT.name], address.path)
    chosen = read_format(given, faults)
    if faults:
        raise bad_query(address.path, faults)
    return (chosen or negotiated(request)).media_type
