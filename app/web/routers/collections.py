"""Two routes for every collection, a list and a record, and one for whatever stands below a record."""

from collections.abc import Awaitable, Callable
from typing import Annotated

from fastapi import APIRouter, Path
from starlette.requests import Request
from starlette.responses import Response

from app.query.parameters import FORMAT, RELEASE
from app.resources import RESOURCES, by_name
from app.resources.base import Inverse, Resource, Subdocument
from app.web.api.lists import inverse_answer, list_answer
from app.web.api.records import record_answer, subdocument_answer
from app.web.openapi.document import control_parameters, list_parameters, responses
from app.web.openapi.schemas import derived_model, list_model, record_model
from app.web.routers import Docs
from app.web.site import Site

RecordId = Annotated[str, Path(description="The id of the record; a former id answers 308.")]
Endpoint = Callable[..., Awaitable[Response]]


def add_routes(made: APIRouter, site: Site) -> None:
    """Add the routes of all collections."""
    for resource in RESOURCES:
        _add(made, f"/{resource.name}", _list(site, resource), _list_docs(resource))
        _add(made, f"/{resource.name}/{{id}}", _record(site, resource), _record_docs(resource))
        if not resource.view_of:
            _add_below(made, site, resource)


def _add_below(made: APIRouter, site: Site, resource: Resource) -> None:
    home = f"/{resource.name}/{{id}}"
    for inverse in resource.inverses:
        _add(made, f"{home}/{inverse.path}", _inverse(site, resource, inverse), _inverse_docs(resource, inverse))
    for below in resource.subdocuments:
        _add(made, f"{home}/{below.path}", _subdocument(site, resource, below), _subdocument_docs(resource, below))


def _add(made: APIRouter, path: str, endpoint: Endpoint, docs: Docs) -> None:
    made.add_api_route(path, endpoint, methods=["GET"], response_model=None, **docs)


def _list(site: Site, resource: Resource) -> Endpoint:
    async def endpoint(request: Request) -> Response:
        return await list_answer(site, request, resource)

    return endpoint


def _record(site: Site, resource: Resource) -> Endpoint:
    async def endpoint(request: Request, id: RecordId) -> Response:
        return await record_answer(site, request, resource, id)

    return endpoint


def _inverse(site: Site, resource: Resource, inverse: Inverse) -> Endpoint:
    async def endpoint(request: Request, id: RecordId) -> Response:
        return await inverse_answer(site, request, resource, id, inverse)

    return endpoint


def _subdocument(site: Site, resource: Resource, below: Subdocument) -> Endpoint:
    async def endpoint(request: Request, id: RecordId) -> Response:
        return await subdocument_answer(site, request, resource, id, below)

    return endpoint


def _list_docs(resource: Resource) -> Docs:
    return {
        "operation_id": f"list_{resource.name}",
        "summary": f"List {resource.name}",
        "description": resource.about,
        "tags": [resource.title],
        "responses": responses(list_model(resource), 308, 400, 406, 410, 414, 503),
        "openapi_extra": {"parameters": list_parameters(resource), "x-collection": resource.name},
    }


def _record_docs(resource: Resource) -> Docs:
    return {
        "operation_id": f"get_{resource.noun}",
        "summary": f"Get one {resource.noun}",
        "description": resource.about,
        "tags": [resource.title],
        "responses": responses(record_model(resource), 308, 400, 404, 406, 410, 414, 503),
        "openapi_extra": {"parameters": control_parameters((RELEASE, FORMAT)), "x-collection": resource.name},
    }


def _inverse_docs(resource: Resource, inverse: Inverse) -> Docs:
    listed = by_name(inverse.collection)
    return {
        "operation_id": f"list_{resource.noun}_{inverse.path}",
        "summary": f"List the {inverse.path} of one {resource.noun}",
        "description": inverse.about,
        "tags": [resource.title],
        "responses": responses(list_model(listed), 308, 400, 404, 406, 410, 414, 503),
        "openapi_extra": {
            "parameters": list_parameters(listed, without=inverse.filter),
            "x-collection": listed.name,
            "x-parent": resource.name,
        },
    }


def _subdocument_docs(resource: Resource, below: Subdocument) -> Docs:
    return {
        "operation_id": f"get_{resource.noun}_{below.path}",
        "summary": f"Get the {below.path} of one {resource.noun}",
        "description": below.about,
        "tags": [resource.title],
        "responses": responses(derived_model(resource, below), 308, 400, 404, 406, 410, 414, 503),
        "openapi_extra": {
            "parameters": control_parameters((RELEASE, FORMAT)),
            "x-collection": resource.name,
            "x-below": below.path,
        },
    }
