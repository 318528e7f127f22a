"""What answers of all operations have in common, as components of the OpenAPI document: headers, problems, GeoJSON."""

from collections.abc import Iterable

from pydantic import BaseModel
from starlette.requests import Request

from app import errors
from app.errors import ContentTooLarge, MethodNotAllowed, problems
from app.formats.geojson import geojson
from app.resources import MAIN, RESOURCES
from app.values.members import JsonObject, Members
from app.web.api.conditional import CURRENT, VARY
from app.web.api.problems import MEDIA_TYPE
from app.web.api.url import base_of
from app.web.openapi.problem_examples import answered
from app.web.openapi.samples import REQUEST_ID, samples
from app.web.openapi.schemas import Problem, feature_list_model, feature_model

ALWAYS = ("Cache-Control", "X-Request-Id")
VALIDATED = ("Accept-Ranges", "ETag", "Vary", *ALWAYS)
DOWNLOADED = ("Content-Disposition", "Link", "Repr-Digest", *VALIDATED)
WITH_A_PAGE = ("Link", *VALIDATED)
OF_A_RELEASE = ("Content-Location", "Link", *VALIDATED)
BESIDE = {206: ("Content-Range",), 308: ("Location",), 416: ("Content-Range",), 503: ("Retry-After",)}

NEVER_ON_GET = (MethodNotAllowed, ContentTooLarge)  # of a request without a body

Schemas = dict[str, JsonObject]


def header_components(base: str, release: str) -> dict[str, JsonObject]:
    """Every response header that a client may rely on."""
    about = {
        "Accept-Ranges": ("`bytes` where parts can be asked for with Range, else `none`.", "none"),
        "Cache-Control": ("How long the answer may be kept; a URL pinned to a full release id for a day.", CURRENT),
        "Content-Disposition": ("A name for the file.", 'attachment; filename="onrecord-2019.1.sqlite"'),
        "Content-Location": ("The same URL, pinned to the release that answered.", f"{base}/events?release={release}"),
        "Content-Range": ("Which bytes of the file these are, or how many there are.", "bytes 0-1023/1069056"),
        "ETag": (
            "Of this very answer; sent back in If-None-Match it gives 304.",
            'W/"0c5a0ba2e01e2d1b6f0c59cf6b8a5d26"',
        ),
        "Link": (
            "`next`, `permalink`, `license`, `cite-as`, `service-desc`, `describedby`, `alternate` … (RFC 8288).",
            f'<{base}/openapi.json>; rel="service-desc"',
        ),
        "Location": ("Where to go.", f"{base}/events/present-id"),
        "Repr-Digest": (
            "The sha256 of the whole file, of a range too (RFC 9530).",
            "sha-256=:RBNvsfWeXxlUlHzzl7hHkWD3KBbsrXpGLsZHu4iOhP0=:",
        ),
        "Retry-After": ("Seconds after which to ask again.", "1"),
        "Vary": ("The request headers that the answer depends on.", VARY),
        "X-Request-Id": ("Finds the request in the log of the server.", REQUEST_ID),
    }
    return {
        name: {"description": words, "schema": {"type": "string"}, "example": example}
        for name, (words, example) in about.items()
    }


def header_references(names: Iterable[str]) -> dict[str, dict[str, str]]:
    """The headers of one response."""
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}


def problem_name(status: int) -> str:
    """The component that describes the problems of a status: BadQuery, NotFound."""
    first = next(kind for kind in problems() if kind.status == status)
    return "".join(word.capitalize() for word in first.title.split())


async def shown_problems(request: Request) -> JsonObject:
    """A problem document by slug: what is answered to the request that meets it, else a sample."""
    shown = samples(base_of(request.scope))
    for kind in problems():
        if kind not in NEVER_ON_GET and (answer := await answered(request, kind)):
            shown[kind.slug] = answer.body | {"request_id": REQUEST_ID}
    return shown


def problem_components(shown: Members) -> dict[str, JsonObject]:
    """One response for each status of a problem, with an example of each kind; and 304, which has no body."""
    found: dict[str, JsonObject] = {}
    for status in sorted({kind.status for kind in problems()}):
        kinds = [kind for kind in problems() if kind.status == status and kind.slug in shown]
        if kinds:
            examples = {kind.slug: {"summary": kind.title, "value": shown[kind.slug]} for kind in kinds}
            content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}, "examples": examples}}
            headers = header_references((*BESIDE.get(status, ()), *ALWAYS))
            found[problem_name(status)] = {"description": _told(kinds), "headers": headers, "content": content}
    unchanged = header_references(name for name in OF_A_RELEASE if name not in ("Accept-Ranges", "Link"))
    found["NotModified"] = {"description": "The client holds this very answer: see ETag.", "headers": unchanged}
    return found


def _told(kinds: Iterable[type[errors.Problem]]) -> str:
    return " ".join(f"`{kind.slug}`: {' '.join(str(kind.__doc__).split())}" for kind in kinds)


def shapes(name: str) -> dict[str, dict[str, str]]:
    """The components that the formats of a collection answer with, by kind of answer, where JSON Schema can say it."""
    found = next((resource for resource in RESOURCES if resource.name == name and resource.point is not None), None)
    if found is None:
        return {}
    return {
        "list": {geojson.name: feature_list_model(found).__name__},
        "record": {geojson.name: feature_model(found).__name__},
    }


def add_schemas(schemas: Schemas) -> None:
    """Add what no route of the framework's names: problems and GeoJSON."""
    pointed = [resource for resource in RESOURCES if resource.point is not None]
    models: list[type[BaseModel]] = [
        Problem,
        *(make(resource) for resource in pointed for make in (feature_model, feature_list_model)),
    ]
    for model in models:
        _add(schemas, model)
    schemas["AnyRecord"] = _any_record(schemas)


def _any_record(schemas: Schemas) -> JsonObject:
    """The union of all documents: a union inside it is taken apart, since no discriminator may lead to another one.

    So there is none here: each part has one value of `kind`, and an actor one of `type`.
    """
    parts = [{"$ref": f"#/components/schemas/{resource.document.__name__}"} for resource in MAIN]
    flat = [leaf for part in parts for leaf in schemas[part["$ref"].rpartition("/")[2]].get("oneOf", [part])]
    return {"oneOf": flat, "description": "A record of any collection, told by `kind`, an actor by `type` too."}


def _add(schemas: Schemas, model: type[BaseModel]) -> None:
    made = model.model_json_schema(mode="serialization", ref_template="#/components/schemas/{model}")
    for name, schema in made.pop("$defs", {}).items():
        schemas.setdefault(name, schema)
    schemas[model.__name__] = made
