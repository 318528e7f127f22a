"""Search across kinds: every live record by what it is called and what it says."""

from typing import Literal

from pydantic import BaseModel, Field

from app.query.base import Collection
from app.query.filters import Words
from app.query.text import Text
from app.resources.columns import table_of
from app.resources.register import RecordRow, TextRow

Kind = Literal["actor", "claim", "dossier", "event", "place", "relation", "source"]


class SearchHit(BaseModel):
    """A record that was found."""

    id: str
    kind: Kind
    url: str = Field(description="Where the record lives.")
    label: str = Field(description="What people call the record.")
    name: str | None = Field(description="The name or title that matched; null where something else did.")


search = Collection(
    name="search",
    kind="record",
    table=table_of(RecordRow),
    filters=(
        Text(
            "q",
            TextRow.words,
            "Words in names, titles, texts, figures, and the names of who speaks, takes part or publishes, and of the "
            'place, in any script: `vucic`, `"northern kosovo"`, `mitro*`, `-tax`.',
        ),
        Words("kind", RecordRow.kind, "Only records of this kind: event, actor, claim …"),
    ),
    sorts=("relevance", "kind", "id"),
    facets=("kind",),
    requires="q",
    searches_all=True,
    title="Records",
)
