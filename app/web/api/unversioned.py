"""Answers that belong to no one release: the service itself, its releases, its vocabularies."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import orjson
from starlette.requests import Request
from starlette.responses import Response

from app.errors import Fault, bad_query
from app.formats.json import json
from app.query.parameters import FORMAT, unknown
from app.web.api.conditional import CURRENT, VARY, etag, not_modified, unchanged
from app.web.api.negotiation import negotiated
from app.web.api.url import Address

PAGE = "For the page that browsers get, leave format out and send Accept: text/html."


def unversioned_answer(request: Request, version: str, body: Mapping[str, Any], paged: bool = False) -> Response:
    """The body as JSON; `version` is whatever changes when the body does, `paged` whether browsers get a page instead.

    Raises BadQuery for any parameter but `format=json`, or NotAcceptable.
    """
    address = Address.of(request.scope)
    media = _media(request, address, PAGE if paged else "")
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
    address = Address.of(request.scope)
    if faults := unknown(address.given, [], address.path):
        raise bad_query(address.path, faults)


def _media(request: Request, address: Address, beside: str) -> str:
    """The one media type, after refusing every other parameter; what else there is stands `beside` a bad format."""
    given = address.given
    wrong: list[Fault] = []
    found = negotiated(request.scope, given, (json,), wrong)
    told = [replace(each, message=f"{each.message} {beside}".rstrip()) for each in wrong]
    if faults := [*unknown(given, [FORMAT.name], address.path), *told]:
        raise bad_query(address.path, faults)
    return found.media_type
