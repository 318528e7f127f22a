"""The shapes around documents, as OpenAPI shows them: envelopes and problems."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field, create_model

from app.resources.base import Resource


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
    """Absolute URLs around a record; further members are the lists below it."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, str]

    self: str
    permalink: str = Field(description="The same URL, pinned to this release.")


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


def title(resource: Resource) -> str:
    """The noun of a collection's records, as a name: Event, Person."""
    return resource.noun.capitalize()


def list_model(resource: Resource) -> Any:
    """The envelope of a page of this collection."""
    return create_model(
        f"{title(resource)}List",
        __doc__=f"One page of /{resource.name}.",
        data=(list[resource.document], ...),  # type: ignore[name-defined]  # a type known at run time
        page=(PageNumbers, ...),
        links=(ListLinks, ...),
        release=(Release, ...),
    )


def record_model(resource: Resource) -> Any:
    """The envelope of one record of this collection."""
    return create_model(
        f"{title(resource)}Record",
        __doc__=f"One record of /{resource.name}.",
        data=(resource.document, ...),
        links=(RecordLinks, ...),
        release=(Release, ...),
    )
