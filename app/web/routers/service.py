"""The service itself: what is here, whether it is alive, its OpenAPI document."""

from typing import Any

from cachetools import LRUCache
from fastapi import APIRouter, FastAPI
from pydantic import BaseModel, Field
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from app.errors import Unavailable
from app.query.parameters import FORMAT
from app.resources import RESOURCES
from app.web.conditional import CURRENT, NO_STORE, VARY, etag, not_modified, unchanged
from app.web.landing import LandingPage
from app.web.openapi import control_parameters, document, responses
from app.web.pages import wants_page
from app.web.plain import no_parameters, plain_answer
from app.web.schemas import Release
from app.web.site import API_VERSION, Site


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


class Health(BaseModel):
    """Whether the service can answer."""

    status: str


def router(site: Site) -> APIRouter:
    """The routes of the service itself."""
    made = APIRouter(tags=["Service"])
    page = LandingPage()
    docs: dict[str, Any] = {"openapi_extra": {"parameters": control_parameters((FORMAT,))}, "response_model": None}

    @made.get("/", summary="Describe the service", responses=responses(ServiceAnswer, 400, 406, 503), **docs)
    def describe_service(request: Request) -> Response:
        """What is here, and where to go on; a page for browsers, JSON for programs."""
        if wants_page(request):
            return page.answer(request, site.library.current())
        stamp = site.library.current().stamp
        body = _description(str(request.scope["state"]["base"]))
        data = body | {"release": {"id": stamp.id, "label": stamp.label, "issued": stamp.issued}}
        return plain_answer(request, f"catalogue {site.library.position()} {stamp.id}", {"data": data})

    @made.get("/healthz", summary="Tell whether the process is alive", responses={200: {"model": Health}})
    def get_health(request: Request) -> Response:
        """Alive: says nothing of the store."""
        no_parameters(request)
        return JSONResponse({"status": "ok"}, headers={"Cache-Control": NO_STORE})

    @made.get("/readyz", summary="Tell whether questions can be answered", responses=responses(Health, 503))
    def get_readiness(request: Request) -> Response:
        """Ready: the current release is open and answers."""
        no_parameters(request)
        try:
            stamp = site.library.current().stamp
            site.library.current().identify([stamp.id])
        except Exception as error:
            raise Unavailable("No release can be read at the moment.") from error
        return JSONResponse({"status": "ok", "release": stamp.id}, headers={"Cache-Control": NO_STORE})

    return made


def openapi_router(site: Site, app: FastAPI) -> APIRouter:
    """The route of the OpenAPI document; made once for each release and base."""
    made = APIRouter(include_in_schema=False)
    kept: LRUCache[tuple[str, str], bytes] = LRUCache(8)

    @made.get("/openapi.json")
    def get_openapi(request: Request) -> Response:
        no_parameters(request)
        reader, base = site.library.current(), str(request.scope["state"]["base"])
        headers = {"ETag": etag("openapi", reader.stamp.id, base), "Cache-Control": CURRENT, "Vary": VARY}
        if not_modified(request, headers["ETag"]):
            return unchanged(headers)
        key = (reader.stamp.id, base)
        body = kept.get(key) or document(app, request, reader)
        kept[key] = body
        return Response(body, headers=headers, media_type="application/json")

    return made


def _description(base: str) -> dict[str, Any]:
    return {
        "name": "onrecord",
        "about": "Who did what, who said what, and where it is written.",
        "version": API_VERSION,
        "collections": {each.name: f"{base}/{each.name}" for each in RESOURCES},
        "links": {
            "docs": f"{base}/docs",
            "openapi": f"{base}/openapi.json",
            "releases": f"{base}/releases",
            "vocabularies": f"{base}/vocabularies",
        },
    }
