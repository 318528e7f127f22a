"""The proof desk, where readers prove the passages of claims in their own copy of a text."""

from urllib.parse import urlsplit

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.errors import bad_query
from app.formats.html import html
from app.query.parameters import FORMAT, RELEASE, unknown
from app.web.api.conditional import conditional, etag
from app.web.api.page_headers import CONTENT_SECURITY_POLICY, SEARCHING, page_headers
from app.web.api.request import DataRequest, parse
from app.web.pages.proof_desk import PATH, proof_desk
from app.web.pages.rendering import render
from app.web.site import Site

SOURCE = "source"


def add_routes(made: APIRouter, site: Site) -> None:
    """Add the route of the desk; what its script needs to know it asks of the lists."""

    @made.get(PATH, include_in_schema=False)
    def get_proof_desk(request: Request) -> Response:
        data = parse(site, request, (html,))
        _refuse_others(data)
        desk = proof_desk(data.reader, data.given)
        root = urlsplit(data.address.base).path
        body = render("verify.html", base=root, info=data.reader.info, desk=desk, pinned=RELEASE.name in data.given)
        policy = SEARCHING if "<form" in body else CONTENT_SECURITY_POLICY
        return conditional(request, body, html.media_type, page_headers(policy) | {"ETag": etag(PATH, body)})


def _refuse_others(data: DataRequest) -> None:
    """Refuse any parameter but the sources, and whatever is wrong with release and format; raises BadQuery."""
    faults = [*unknown(data.given, [SOURCE, RELEASE.name, FORMAT.name], PATH), *data.faults]
    if faults:
        raise bad_query(PATH, faults)
