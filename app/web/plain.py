"""Answers that belong to no one release: the service itself, its releases, its vocabularies."""

from collections.abc import Mapping
from typing import Any

import orjson
from starlette.requests import Request
from starlette.responses import Response

from app.errors import Fault, bad_query
from app.formats.json import json
from app.query.parameters import FORMAT, unknown
from app.web.conditional import CURRENT, VARY, etag, not_modified, unchanged
from app.web.links import Address
from app.web.negotiation import accepted
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


def no_parameters(request: Request) -> None:
    """Refuse every parameter; raises BadQuery."""
    address = Address.of(request)
    if faults := unknown(grouped(address.pairs), [], address.path):
        raise bad_query(address.path, faults)


def _media(request: Request, address: Address) -> str:
    """The one media type, after refusing every other parameter; raises BadQuery or NotAcceptable."""
    given = grouped(address.pairs)
    faults = unknown(given, [FORMAT.name], address.path)
    if given.get(FORMAT.name, [json.name]) != [json.name]:
        value = given[FORMAT.name][-1]
        faults.append(Fault(FORMAT.name, value, f"{address.path} can be had as {json.name} only.", json.name))
    if faults:
        raise bad_query(address.path, faults)
    return accepted(request, (json.media_type,))
