"""The JSON-LD context of every answer, at one stable address."""

import hashlib
from contextlib import suppress

import orjson
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.errors import Unavailable
from app.formats.context import PATH, context
from app.formats.jsonld import jsonld
from app.vocabularies import use
from app.web.api.conditional import VARY, conditional, etag
from app.web.api.unversioned import no_parameters
from app.web.api.url import base_of
from app.web.site import Site

KEPT = "public, max-age=3600, stale-while-revalidate=86400"  # an hour, and a day: words are added, never changed


def add_routes(made: APIRouter, site: Site) -> None:
    """Add the route of the context. It depends on who serves it, and on own terms that are spelt like a word of it."""

    @made.get(PATH, include_in_schema=False)
    def get_context(request: Request) -> Response:
        no_parameters(request)
        with suppress(Unavailable):
            use(site.library.current().vocabularies)
        body = orjson.dumps({"@context": context(base_of(request.scope))})
        headers = {"ETag": etag("context", hashlib.sha256(body).hexdigest()), "Cache-Control": KEPT, "Vary": VARY}
        return conditional(request, body, jsonld.media_type, headers)
