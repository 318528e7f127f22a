"""Search across kinds: every live record by what it is called and what it says."""

from typing import Literal

import orjson
from pydantic import BaseModel, Field

from app.query.base import Collection
from app.query.filters import Words
from app.query.text import Text
from app.resources.register import NameRow, RecordRow, WordRow

Kind = Literal["actor", "claim", "dossier", "event", "place", "relation", "source"]


class SearchHit(BaseModel):
    """A record that was found."""

    id: str
    kind: Kind
    url: str = Field(description="Where the record lives.")
    label: str = Field(description="What people call the record.")
    name: str | None = Field(description="The name or title that matched; null where something else did.")


def hit(id: str, kind: str, label: str) -> str:
    """The stored part of a hit."""
    return orjson.dumps({"id": id, "kind": kind, "label": label}).decode()


search = Collection(
    name="search",
    kind="record",
    table=RecordRow.__table__,  # type: ignore[attr-defined]  # SQLModel adds it
    filters=(
        Text(
            "q",
            RecordRow.id,
            "Words in names, titles, texts, figures, and the names of who speaks, takes part or publishes, and of the "
            'place, in any script: `vucic`, `"northern kosovo"`, `mitro*`, `-tax`.',
            word=WordRow.word,
            name_key=NameRow.key,
        ),
        Words("kind", RecordRow.kind, "Only records of this kind: event, actor, claim …"),
        Words("state", RecordRow.state),
    ),
    sorts=("relevance", "kind", "id"),
    fixed=(("state", "live"),),
    facets=("kind",),
    requires="q",
    shows_match=True,
    title="Records",
)
