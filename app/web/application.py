"""The web application: routers, problems and guard put together around one site."""

import re
from collections.abc import Sequence
from urllib.parse import quote

from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from app.errors import MethodNotAllowed, Moved, NotFound, Problem
from app.web.api import problems, unknown_paths
from app.web.api.guard import METHODS, Guard
from app.web.api.url import encode, encode_path
from app.web.routers import collections, context, pages, releases, search, service, vocabularies
from app.web.site import API_VERSION, Site

ABOUT = """\
Who did what, who said what, and where it is written: hand-curated knowledge about news events, read-only.

Every list takes the same controls: `sort`, `limit`, `cursor`, `release`; follow `links.next` to walk all pages.
Filters with several values mean *or*, different filters mean *and*. Anything that a path does not know is refused,
with the nearest right word. Every answer names the release it comes from; `links.permalink` never changes.
"""


def application(site: Site) -> Guard:
    """The whole application as ASGI."""
    app = FastAPI(
        title="onrecord",
        version=API_VERSION,
        description=ABOUT,
        summary="Events, actors, claims and checkable evidence.",
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,
        generate_unique_id_function=lambda route: route.name,  # operation ids are words of ours
    )
    made = [
        collections.router(site),
        search.router(site),
        releases.router(site),
        vocabularies.router(site),
        service.router(site),
        service.openapi_router(site, app),
        context.router(),
        pages.router(),
    ]
    for router in made:
        app.include_router(router)
    paths = [str(route.path) for router in made for route in router.routes]  # type: ignore[attr-defined]  # ours have one
    known = _known(paths)
    _handle(app, known, paths)
    guard = Guard(app, site, lambda path: bool(known.fullmatch(path)))
    app.state.whole = guard  # what examples show is what it answers
    return guard


def _known(paths: Sequence[str]) -> re.Pattern[str]:
    """Every path of ours, as one pattern."""
    patterns = (re.sub(r"\\{(\w+)\\}", "[^/]+", re.escape(path)).replace(r"\{path:path\}", ".+") for path in paths)
    return re.compile("|".join(patterns))


def _handle(app: FastAPI, known: re.Pattern[str], paths: Sequence[str]) -> None:
    """Turn what the framework raises into problems of ours."""

    @app.exception_handler(Problem)
    async def problem(request: Request, error: Problem) -> Response:
        return problems.response(error, request.scope, problems.of(request))

    @app.exception_handler(Exception)  # raised again behind it: the guard logs it
    async def failed(request: Request, error: Exception) -> Response:
        return await problem(request, problems.failure(request.scope))

    @app.exception_handler(HTTPException)
    async def refused(request: Request, error: HTTPException) -> Response:
        base, path = problems.of(request), request.scope["path"]
        if error.status_code == 405:
            message = f"{request.method} is not answered here: this service is read-only."
            return await problem(request, MethodNotAllowed(message, headers={"Allow": METHODS}))
        if path.endswith("/") and known.fullmatch(path[:-1]):
            return await problem(request, _without_slash(request, base))
        return await problem(request, _nothing(path, base, paths))


def _nothing(path: str, base: str, paths: Sequence[str]) -> NotFound:
    near = unknown_paths.meant(path, paths)
    return problems.nothing(path, near and base + quote(near, safe="/?="))


def _without_slash(request: Request, base: str) -> Moved:
    query = encode(request.scope["state"]["pairs"])
    location = f"{base}{encode_path(request.scope['path'][:-1])}{query}"
    return Moved(f"This is found at {location}.", headers={"Location": location})
