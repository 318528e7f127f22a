"""The web application: routers, problems and guard put together around one site."""

import logging
import re
from asyncio import create_task, sleep
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from urllib.parse import quote

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Receive, Scope, Send

from app.errors import MethodNotAllowed, Moved, Problem
from app.formats import FORMATS
from app.values.members import JsonObject
from app.web.api import problems, unknown_paths
from app.web.api.guard import METHODS, Guard
from app.web.api.route import DirectRoute
from app.web.api.url import Address, base_of
from app.web.routers import (
    changes,
    collections,
    context,
    discovery,
    guides,
    operations,
    pages,
    releases,
    search,
    service,
    tables,
    verify,
    vocabularies,
)
from app.web.site import API_VERSION, Site

ABOUT = """\
Who did what, who said what, and where it is written: hand-curated knowledge about news events, read-only.

Every list takes the same controls: `sort`, `limit`, `cursor`, `release`; follow `links.next` to walk all pages.
Filters with several values mean *or*, different filters mean *and*. Anything that a path does not know is refused,
with the nearest right word. Every answer names the release it comes from; `links.permalink` never changes.

The licence named here is that of the data; the program, onrecord, is under Apache-2.0.
"""


MODULES = (
    collections,
    changes,
    search,
    releases,
    tables,
    vocabularies,
    service,
    operations,
    context,
    guides,
    discovery,
    pages,
    verify,
)


PROVING = 10.0  # seconds between two looks at the files of releases

log = logging.getLogger("onrecord")


class Application(FastAPI):
    """The framework without the layers that ours make needless: the guard answers for problems and failures."""

    def __init__(self, site: Site) -> None:
        super().__init__(
            title="onrecord",
            version=API_VERSION,
            description=ABOUT,
            summary="Events, actors, claims and checkable evidence.",
            docs_url=None,
            redoc_url=None,
            openapi_url=None,
            redirect_slashes=False,
            lifespan=lambda app: _proving(site),
            generate_unique_id_function=lambda route: route.name,  # operation ids are words of ours
        )
        self.router.route_class = DirectRoute  # type: ignore[assignment]  # an APIRoute only where it is described
        for module in MODULES:
            module.add_routes(self.router, site)
        service.add_openapi(self.router, site, self)
        self.paths = [str(route.path) for route in self.routes]  # type: ignore[attr-defined]  # ours have one
        self.known = _known(self.paths)
        self.dotted = _known([path for path in self.paths if "." in path.rpartition("/")[2]])

    def openapi(self) -> JsonObject:
        """The OpenAPI document of all routes as the framework makes it, anew each time."""
        routes = [route.described() if isinstance(route, DirectRoute) else route for route in self.routes]
        return get_openapi(
            title=self.title, version=self.version, summary=self.summary, description=self.description, routes=routes
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":  # past what the framework may do around every request, of which nothing is ours
            scope["app"] = self
            await self._answer(scope, receive, send)
        else:
            await super().__call__(scope, receive, send)

    def build_middleware_stack(self) -> ASGIApp:
        return self._answer

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        if "." in scope.get("path", ""):  # the start and end of the server have none
            self._not_by_suffix(scope)
        try:
            await self.router(scope, receive, send)
        except HTTPException as error:
            raise self._problem(scope, error.status_code) from error

    def _not_by_suffix(self, scope: Scope) -> None:
        """Raise Moved for a path of ours with a format as its suffix: no id has a full stop."""
        path = scope["path"]
        bare, _, name = path.rpartition(".")
        if name in FORMATS and self.known.fullmatch(bare) and not self.dotted.fullmatch(path):
            there = Address.of(scope).at(bare).having("format", name)
            raise Moved(f"This is found at {there}.", headers={"Location": there})

    def _problem(self, scope: Scope, status: int) -> Problem:
        """What the router refuses as a problem of ours."""
        base, path = base_of(scope), scope["path"]
        if status == 405:
            message = f"{scope['method']} is not answered here: this service is read-only."
            return MethodNotAllowed(message, headers={"Allow": METHODS})
        if path.endswith("/") and self.known.fullmatch(path[:-1]):
            location = Address.of(scope).at(path[:-1]).url
            return Moved(f"This is found at {location}.", headers={"Location": location})
        near = unknown_paths.meant(path, self.paths)
        return problems.nothing(path, near and base + quote(near, safe="/?=&"))


@asynccontextmanager
async def _proving(site: Site) -> AsyncIterator[None]:
    """While the server runs, compare the files of releases with what was published.

    What must be known of the catalogue is asked before the first request, which would wait for it on the event loop.
    """

    async def prove() -> None:
        while True:
            await sleep(PROVING)
            try:
                await run_in_threadpool(site.library.prove)
            except Problem as problem:
                log.warning("releases cannot be compared with what was published: %s", problem.detail)

    with suppress(Problem):
        await run_in_threadpool(site.library.version)
    task = create_task(prove())
    yield
    task.cancel()


def application(site: Site) -> Guard:
    """The whole application as ASGI."""
    app = Application(site)
    guard = Guard(app, site, lambda path: bool(app.known.fullmatch(path)))
    app.state.whole = guard  # what examples show is what it answers
    return guard


def _known(paths: Sequence[str]) -> re.Pattern[str]:
    """Every path of ours, as one pattern."""
    patterns = (re.sub(r"\\{(\w+)\\}", "[^/]+", re.escape(path)).replace(r"\{path:path\}", ".+") for path in paths)
    return re.compile("|".join(patterns))
