"""The JSON-LD context of every answer, at one stable address."""

import hashlib

import orjson
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.formats.context import PATH, context
from app.formats.jsonld import jsonld
from app.web.api.conditional import VARY, etag, not_modified, unchanged
from app.web.api.unversioned import no_parameters
from app.web.site import Site

KEPT = "public, max-age=3600, stale-while-revalidate=86400"  # an hour, and a day: words are added, never changed


def add_routes(made: APIRouter, site: Site) -> None:
    """Add the route of the context. It depends on who serves it and on nothing that a release holds."""

    @made.get(PATH, include_in_schema=False)
    def get_context(request: Request) -> Response:
        no_parameters(request)
        body = orjson.dumps({"@context": context(str(request.scope["state"]["base"]))})
        headers = {"ETag": etag("context", hashlib.sha256(body).hexdigest()), "Cache-Control": KEPT, "Vary": VARY}
        if not_modified(request, headers["ETag"]):
            return unchanged(headers)
        return Response(body, headers=headers, media_type=jsonld.media_type)
