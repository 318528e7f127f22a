"""The shapes around documents, as OpenAPI shows them: envelopes and problems."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, create_model

from app.resources import AnyRecord
from app.resources.base import Resource, Subdocument
from app.resources.search import SearchHit
from app.values.members import JsonObject

ABOUT_FACETS = "By facet, how many of all matching records have each value; there only if asked for."
ABOUT_INCLUDED = "The documents that `include` asked for, each once, by kind and id; there only if asked for."


class Release(BaseModel):
    """The release that answered."""

    id: str = Field(description="The sha256 of the curated input; pin it with `release=`.")
    label: str = Field(description="The edition of its dossiers.")
    issued: str = Field(description="The day of that edition, YYYY-MM-DD.")


class PageNumbers(BaseModel):
    """Where this page stands."""

    total: int = Field(description="Records that match, exactly.")
    count: int = Field(description="Records on this page.")
    limit: int = Field(description="Records a page.")
    next: str | None = Field(description="The cursor of the next page; null on the last one. `links.next` carries it.")


class ListLinks(BaseModel):
    """Absolute URLs around a page."""

    self: str
    first: str
    next: str | None = Field(description="Follow it as it stands; null on the last page.")
    permalink: str = Field(description="The same URL, pinned to this release.")


class RecordLinks(BaseModel):
    """Absolute URLs around a record; further members are the lists and derived documents below it."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, str]

    self: str
    permalink: str = Field(description="The same URL, pinned to this release.")


class DerivedLinks(BaseModel):
    """Absolute URLs around a derived document."""

    self: str
    permalink: str = Field(description="The same URL, pinned to this release.")
    up: str = Field(description="The record that it is derived of.")


class Query(BaseModel):
    """How the question was read."""

    text: str = Field(description="One sentence, true of exactly the records that match.")
    parameters: JsonObject = Field(description="How each parameter was read, by name.")
    did_you_mean: dict[str, str] | None = Field(
        description="Where nothing is found: parameters that were probably meant, and that find something."
    )


class FacetCount(BaseModel):
    """How many of all matching records have one value."""

    value: str
    label: str = Field(description="What people call it.")
    count: int


Facets = dict[str, list[FacetCount]]


class ProblemFault(BaseModel):
    """One thing that is wrong with one parameter."""

    parameter: str
    value: str | None
    message: str
    did_you_mean: str | None = Field(description="The nearest right word, where there is one.")


class Problem(BaseModel):
    """What went wrong, and what to do (RFC 9457)."""

    type: str = Field(description="The page that explains this kind of problem.")
    title: str
    status: int
    detail: str = Field(description="What is wrong with this very request.")
    instance: str = Field(description="The path and query as sent.")
    request_id: str | None = Field(description="Finds the request in the log of the server.")
    errors: list[ProblemFault] = Field(description="Every fault of the query, at once.")


class SearchList(BaseModel):
    """One page of hits, best first."""

    data: list[SearchHit]
    page: PageNumbers
    links: ListLinks
    release: Release
    query: Query
    facets: Facets = Field(default_factory=dict, description=ABOUT_FACETS)


# The envelopes are described in OpenAPI, and nothing is checked with them: until somebody reads it, none is built.
DEFERRED = ConfigDict(defer_build=True)


def title(resource: Resource) -> str:
    """The noun of a collection's records, as a name: Event, Person."""
    return resource.noun.capitalize()


def list_model(resource: Resource) -> type[BaseModel]:
    """The envelope of a page of this collection."""
    return create_model(
        f"{title(resource)}List",
        __config__=DEFERRED,
        __doc__=f"One page of /{resource.name}.",
        data=(list[resource.document], ...),  # type: ignore[name-defined]  # a type known at run time
        page=(PageNumbers, ...),
        links=(ListLinks, ...),
        release=(Release, ...),
        query=(Query, ...),
        facets=(Facets, Field(default_factory=dict, description=ABOUT_FACETS)),
        included=(list[AnyRecord], Field(default_factory=list, description=ABOUT_INCLUDED)),
    )


def record_model(resource: Resource) -> type[BaseModel]:
    """The envelope of one record of this collection."""
    return create_model(
        f"{title(resource)}Record",
        __config__=DEFERRED,
        __doc__=f"One record of /{resource.name}.",
        data=(resource.document, ...),
        links=(RecordLinks, ...),
        release=(Release, ...),
    )


def derived_model(resource: Resource, below: Subdocument) -> type[BaseModel]:
    """The envelope of one derived document below a record of this collection."""
    return create_model(
        f"{title(resource)}{below.path.capitalize()}",
        __config__=DEFERRED,
        __doc__=below.about,
        data=(below.document, ...),
        links=(DerivedLinks, ...),
        release=(Release, ...),
    )


class GeoPoint(BaseModel):
    """A point (RFC 7946 section 3.1.2)."""

    type: Literal["Point"]
    coordinates: list[float] = Field(min_length=2, max_length=2, description="Longitude, latitude; WGS 84.")


class GeoLink(BaseModel):
    """A URL around a feature."""

    rel: str
    href: str


def feature_model(resource: Resource) -> type[BaseModel]:
    """One record of this collection in GeoJSON."""
    members = _feature(resource) | {"links": (list[GeoLink], ...), "release": (Release, ...)}
    made: type[BaseModel] = create_model(f"{title(resource)}Feature", __doc__="One record in GeoJSON.", **members)
    return made


def feature_list_model(resource: Resource) -> type[BaseModel]:
    """One page of this collection in GeoJSON."""
    name = f"{title(resource)}Features"
    feature = create_model(f"{name}Item", __doc__="A record on a page in GeoJSON.", **_feature(resource))
    members: JsonObject = {
        "type": (Literal["FeatureCollection"], ...),
        "features": (list[feature], ...),  # type: ignore[valid-type]  # a type known at run time
        "numberMatched": (int, Field(description="Records that match, exactly.")),
        "numberReturned": (int, Field(description="Records on this page.")),
        "links": (list[GeoLink], ...),
        "release": (Release, ...),
        "query": (Query, ...),
    }
    about = f"One page of /{resource.name} in GeoJSON."
    made: type[BaseModel] = create_model(name, __doc__=about, **members)
    return made


def _feature(resource: Resource) -> JsonObject:
    return {
        "type": (Literal["Feature"], ...),
        "id": (str, ...),
        "geometry": (GeoPoint | None, Field(description="Null where no point of its own is known.")),
        "properties": (resource.document, ...),
    }
