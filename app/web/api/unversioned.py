"""Answers that belong to no one release: the service itself, and its releases."""

from collections.abc import Callable
from urllib.parse import urlsplit

import orjson
from starlette.requests import Request
from starlette.responses import Response

from app.errors import Fault, bad_query
from app.formats import Format
from app.formats.html import html
from app.formats.html.environment import render
from app.formats.json import json
from app.query.parameters import FORMAT, unknown
from app.values.members import Members
from app.web.api.conditional import CURRENT, VARY, etag, not_modified, unchanged
from app.web.api.links import alternate
from app.web.api.negotiation import negotiated
from app.web.api.page_headers import page_headers
from app.web.api.url import Address


def unversioned_answer(request: Request, version: str, body: Members, template: str = "", link: str = "") -> Response:
    """The body as JSON, or as a page; `version` is whatever changes when the body does, `link` a link of its header.

    Without a `template` whoever calls has made the page before. Raises BadQuery for any parameter but `format`, or
    NotAcceptable.
    """
    address = Address.of(request.scope)
    chosen, root = _format(request, address), urlsplit(address.base).path
    pages = {html.name: lambda: render(template, base=root, body=body)}
    return answer_as(request, chosen, version, pages.get(chosen.name, lambda: orjson.dumps(body)), link)


def answer_as(request: Request, chosen: Format, version: str, write: Callable[[], bytes], link: str = "") -> Response:
    """What `write` gives, in the chosen format, or 304 where the client holds it."""
    address = Address.of(request.scope)
    headers = {
        "ETag": etag(version, address.url, chosen.media_type + chosen.version),
        "Cache-Control": CURRENT,
        "Vary": VARY,
        "Accept-Ranges": "none",
    }
    if links := ", ".join(filter(None, (alternate(address.url, chosen.name), link))):
        headers["Link"] = links
    if chosen.for_people:
        headers |= page_headers()
    if not_modified(request, headers["ETag"]):
        return unchanged(headers)
    return Response(write(), headers=headers, media_type=chosen.media_type)


def no_parameters(request: Request) -> None:
    """Refuse every parameter; raises BadQuery."""
    address = Address.of(request.scope)
    if faults := unknown(address.given, [], address.path):
        raise bad_query(address.path, faults)


def _format(request: Request, address: Address) -> Format:
    """The format chosen, after refusing every other parameter."""
    wrong: list[Fault] = []
    found = negotiated(request.scope, address.given, (json, html), wrong)
    if faults := [*unknown(address.given, [FORMAT.name], address.path), *wrong]:
        raise bad_query(address.path, faults)
    return found
