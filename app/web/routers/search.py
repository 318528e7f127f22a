"""Search across all kinds of record."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.resources.search import search
from app.web.api.lists import list_answer
from app.web.openapi.document import list_parameters, responses
from app.web.openapi.schemas import SearchList
from app.web.site import Site


def add_routes(made: APIRouter, site: Site) -> None:
    """Add the route of the search."""

    @made.get(
        "/search",
        tags=["Search"],
        operation_id="search_records",
        summary="Search all kinds at once",
        response_model=None,
        responses=responses(SearchList, 308, 400, 406, 410, 414, 503),
        openapi_extra={"parameters": list_parameters(search), "x-collection": search.name},
    )
    async def search_everything(request: Request) -> Response:
        """Records of every kind, whole names first, then beginnings of names, then names and titles, then texts."""
        return await list_answer(site, request, search)
