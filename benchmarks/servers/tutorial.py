"""FastAPI and SQLModel, used as in SQLModel's tutorial, over the database at the URL DATABASE.

There are a table model and a public model, a session a request, a list by offset and limit, and a row by its key. The
filters are in the same style, and a count has a path of its own. Totals and ETags, which the tutorial does not have,
are not here either.
"""

import os
from collections.abc import Iterator, Sequence
from typing import Annotated, Any

from fastapi import Depends, FastAPI, HTTPException, Query
from pydantic import BaseModel
from sqlalchemy import text
from sqlmodel import Field, Session, SQLModel, col, create_engine, func, select


class EventBase(SQLModel):
    """The members that the table and the public model share."""

    title: str
    summary: str
    type: str = Field(index=True)
    date: str = Field(index=True)
    place: str
    country: str = Field(index=True)


class Event(EventBase, table=True):
    """The table of events."""

    id: str = Field(primary_key=True)


class EventPublic(EventBase):
    """An event with its key."""

    id: str


class EventActor(SQLModel, table=True):
    """The table of participants."""

    __tablename__ = "event_actor"

    event: str = Field(primary_key=True, foreign_key="event.id")
    actor: str = Field(primary_key=True)
    role: str


class EventQuery(BaseModel):
    """The query parameters of a list."""

    offset: int = 0
    limit: int = Field(default=100, le=100)
    newest: bool = False
    type: str | None = None
    country: str | None = None
    actor: str | None = None
    word: str | None = None
    since: str | None = None
    until: str | None = None


WORDS = {
    "sqlite": "event.rowid IN (SELECT rowid FROM event_fts WHERE event_fts MATCH :word)",
    "postgresql": "event.words @@ plainto_tsquery('simple', :word)",
}
OPTIONS: dict[str, dict[str, Any]] = {"sqlite": {"check_same_thread": False}}

url = os.environ["DATABASE"]
engine = create_engine(url, connect_args=OPTIONS.get(url.partition(":")[0], {}))
app = FastAPI()


def get_session() -> Iterator[Session]:
    """Open a session for one request."""
    with Session(engine) as session:
        yield session


SessionDep = Annotated[Session, Depends(get_session)]


@app.get("/events/", response_model=list[EventPublic])
def read_events(session: SessionDep, query: Annotated[EventQuery, Query()]) -> Sequence[Event]:
    """Return a page of events."""
    statement = filtered(select(Event), query)
    if query.newest:
        statement = statement.order_by(col(Event.date).desc(), col(Event.id).desc())
    found: Sequence[Event] = session.exec(statement.offset(query.offset).limit(query.limit)).all()
    return found


@app.get("/events/count")
def count_events(session: SessionDep, query: Annotated[EventQuery, Query()]) -> int:
    """Return how many events there are."""
    count: int = session.exec(filtered(select(func.count()).select_from(Event), query)).one()
    return count


def filtered(statement: Any, query: EventQuery) -> Any:
    """Narrow a statement down to what is asked for."""
    if query.type:
        statement = statement.where(Event.type == query.type)
    if query.country:
        statement = statement.where(Event.country == query.country)
    if query.actor:
        statement = statement.join(EventActor).where(EventActor.actor == query.actor)
    if query.word:
        statement = statement.where(text(WORDS[engine.dialect.name])).params(word=query.word)
    if query.since:
        statement = statement.where(Event.date >= query.since)
    if query.until:
        statement = statement.where(Event.date <= query.until)
    return statement


@app.get("/events/export", response_model=list[EventPublic])
def export_events(session: SessionDep) -> Sequence[Event]:
    """Return all events."""
    return session.exec(select(Event)).all()


@app.get("/events/{event_id}", response_model=EventPublic)
def read_event(event_id: str, session: SessionDep) -> Event:
    """Return one event."""
    event = session.get(Event, event_id)
    if not event:
        raise HTTPException(status_code=404, detail="Event not found")
    return event
