"""The service itself: what is here, and its OpenAPI document."""

import hashlib
from enum import Enum
from threading import Condition

from cachetools import LRUCache, cached
from fastapi import APIRouter, FastAPI
from pydantic import BaseModel, Field
from starlette.requests import Request
from starlette.responses import Response

from app.query.parameters import FORMAT
from app.query.reader import Reader
from app.resources import RESOURCES
from app.values.members import JsonObject
from app.vocabularies import use, using
from app.web.api.conditional import CURRENT, VARY, conditional, etag
from app.web.api.unversioned import no_parameters, unversioned_answer
from app.web.api.url import base_of
from app.web.openapi.document import control_parameters, document, responses
from app.web.openapi.schemas import Release
from app.web.pages.landing import landing, landing_page
from app.web.pages.rendering import wants_page
from app.web.routers import Docs
from app.web.site import API_VERSION, Site

TAGS: list[str | Enum] = ["Service"]
NOBODY = "any-host.invalid"  # a name that is never given out (RFC 6761 section 6.4)


class ServiceDescription(BaseModel):
    """What is here."""

    name: str
    about: str
    version: str = Field(description="Of the contract with clients.")
    release: Release = Field(description="The release that unpinned requests are answered from.")
    collections: dict[str, str] = Field(description="The URL of each collection.")
    links: dict[str, str] = Field(description="The docs, the OpenAPI document, releases, vocabularies.")


class ServiceAnswer(BaseModel):
    """The service description."""

    data: ServiceDescription


def add_routes(made: APIRouter, site: Site) -> None:
    """Add the routes of the service itself."""
    shown = cached(LRUCache(2), key=lambda reader: reader.info.id, condition=Condition())(landing)
    extra = {"parameters": control_parameters((FORMAT,))}
    docs: Docs = {"tags": TAGS, "openapi_extra": extra, "response_model": None}

    @made.get("/", summary="Describe the service", responses=responses(ServiceAnswer, 400, 406, 503), **docs)
    def describe_service(request: Request) -> Response:
        """What is here, and where to go on; a page for browsers, JSON for programs."""
        if wants_page(request):
            reader = site.library.current()
            use(reader.vocabularies)
            return landing_page(request, reader, shown(reader))
        info = site.library.current().info
        body = _description(base_of(request.scope))
        data = body | {"release": {"id": info.id, "label": info.label, "issued": info.issued}}
        return unversioned_answer(request, f"catalogue {site.library.version()} {info.id}", {"data": data})


def add_openapi(made: APIRouter, site: Site, app: FastAPI) -> None:
    """Add the route of the OpenAPI document; made once for each release, whatever Hosts are asked for it."""

    @cached(LRUCache(2), key=lambda request, reader: (reader.info.id, base_of(request.scope)), condition=Condition())
    def digested(request: Request, reader: Reader) -> tuple[bytes, str]:
        with using(reader.vocabularies):
            body = document(app, request, reader)
        return body, hashlib.sha256(body).hexdigest()

    @made.get("/openapi.json", include_in_schema=False)
    def get_openapi(request: Request) -> Response:
        no_parameters(request)
        base = base_of(request.scope)
        # Any Host that is answered, or any port of one, could make it anew: it is made for one of them, or for nobody.
        asked = request if site.public_url else _of_host(request, site.hosts[0] if site.hosts else NOBODY)
        body, digest = digested(asked, site.library.current())
        body, tag = body.replace(base_of(asked.scope).encode(), base.encode()), etag("openapi", digest, base)
        headers = {"ETag": tag, "Cache-Control": CURRENT, "Vary": VARY}
        return conditional(request, body, "application/json", headers)


def _of_host(request: Request, host: str) -> Request:
    """The request as if it were sent to another Host."""
    others = [header for header in request.scope["headers"] if header[0] != b"host"]
    state = {**request.scope["state"], "base": f"{request.scope['scheme']}://{host}"}
    return Request({**request.scope, "headers": [(b"host", host.encode()), *others], "state": state})


def _description(base: str) -> JsonObject:
    return {
        "name": "onrecord",
        "about": "Who did what, who said what, and where it is written.",
        "version": API_VERSION,
        "collections": {resource.name: f"{base}/{resource.name}" for resource in RESOURCES},
        "links": {
            "docs": f"{base}/docs",
            "openapi": f"{base}/openapi.json",
            "releases": f"{base}/releases",
            "changes": f"{base}/changes",
            "vocabularies": f"{base}/vocabularies",
        },
    }
