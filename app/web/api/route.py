"""Routes whose endpoint gets the request as it is: their parameters are read by the declared filters alone."""

from collections.abc import Callable
from functools import cached_property
from inspect import iscoroutinefunction
from typing import Any

from fastapi.routing import APIRoute
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match, Route
from starlette.types import Receive, Scope, Send

from app.vocabularies import CORE, using


class DirectRoute(Route):
    """Calls the endpoint with the request and the parameters of the path; a plain function on a thread.

    What the endpoint declares is for OpenAPI; nothing is converted or validated, and no dependency is solved.
    """

    def __init__(self, path: str, endpoint: Callable[..., Any], **declared: Any) -> None:
        names = {name: declared[name] for name in ("methods", "name", "include_in_schema")}
        super().__init__(path, endpoint, **names)
        self._declared = declared

    def described(self) -> APIRoute:
        """The route with the models of its answers: to serve it needs none, and to build them takes long."""
        return APIRoute(self.path, self.endpoint, **self._declared)

    @property
    def operation(self) -> tuple[str, str]:
        """The tag and the operation id that it is described under."""
        return self._declared["tags"][0], self._declared["operation_id"] or self.name

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        found = self.path_regex.match(scope["path"])
        if found is None:
            return Match.NONE, {}
        known = {"endpoint": self.endpoint, "path_params": found.groupdict()}
        return (Match.FULL if scope["method"] == "GET" else Match.PARTIAL), known

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] != "GET":
            await super().handle(scope, receive, send)  # refuses the method
            return
        scope["state"]["route"] = self.path
        with using(CORE):  # whoever answers from a release uses its terms, up to here
            await self._answer(scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        request, parameters = Request(scope, receive), scope["path_params"]
        if self.is_asynchronous:
            response: Response = await self.endpoint(request, **parameters)
        else:
            response = await run_in_threadpool(self.endpoint, request, **parameters)
        await response(scope, receive, send)

    @cached_property
    def is_asynchronous(self) -> bool:
        """Whether the endpoint is answered on the event loop."""
        return iscoroutinefunction(self.endpoint)
