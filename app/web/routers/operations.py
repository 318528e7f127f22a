"""For who runs the server: whether it is alive, whether it can answer, and its metrics."""

from enum import Enum

from fastapi import APIRouter
from pydantic import BaseModel, Field
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from app.errors import NotFound, Unavailable
from app.web.api.conditional import NO_STORE
from app.web.api.unversioned import no_parameters
from app.web.openapi.document import responses
from app.web.site import Site

TAGS: list[str | Enum] = ["Service"]


class Health(BaseModel):
    """That the process is alive."""

    status: str


class Readiness(BaseModel):
    """That the current release can be read."""

    status: str
    release: str = Field(description="Its full id.")


def add_routes(made: APIRouter, site: Site) -> None:
    """Add the routes of operations."""

    @made.get("/healthz", tags=TAGS, summary="Tell whether the process is alive", responses={200: {"model": Health}})
    def get_health(request: Request) -> Response:
        """Alive: says nothing of the store."""
        no_parameters(request)
        return JSONResponse({"status": "ok"}, headers={"Cache-Control": NO_STORE})

    @made.get(
        "/readyz", tags=TAGS, summary="Tell whether questions can be answered", responses=responses(Readiness, 503)
    )
    def get_readiness(request: Request) -> Response:
        """Ready: the current release is open and answers."""
        no_parameters(request)
        if site.is_stopping():
            raise Unavailable("The server was told to stop.")
        try:
            info = site.library.current().info
            site.library.current().identify([info.id])
        except Exception as error:
            raise Unavailable("No release can be read at the moment.") from error
        return JSONResponse({"status": "ok", "release": info.id}, headers={"Cache-Control": NO_STORE})

    @made.get("/metrics", include_in_schema=False)
    def get_metrics(request: Request) -> Response:
        """The metrics of all workers, for Prometheus."""
        no_parameters(request)
        metrics = request.app.state.whole.metrics
        if metrics is None:
            raise NotFound("This server counts nothing: ONRECORD_METRICS is false.")
        try:
            info = site.library.current().info
        except Unavailable:
            info = None
        body, media_type = metrics.text(request.headers.get("accept", ""), info)
        return Response(body, headers={"Content-Type": media_type, "Cache-Control": NO_STORE})
