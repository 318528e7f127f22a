"""Search across kinds: every live record by what it is called and what it says."""

from pydantic import BaseModel, Field, JsonValue

from app.entries import ENTRIES
from app.query.base import Collection
from app.query.filters import Words
from app.query.text import Text
from app.resources.columns import table_of
from app.resources.register import RecordRow, TextRow
from app.resources.speaker import SpeakerValue
from app.values.members import JsonObject, Members
from app.vocabularies import Layer


class SearchHit(BaseModel):
    """A record that was found."""

    id: str
    kind: str = Field(json_schema_extra={"enum": list[JsonValue](sorted(ENTRIES))})
    url: str = Field(description="Where the record lives.")
    label: str = Field(description="What people call the record.")
    name: str | None = Field(description="The name or title that matched; null where something else did.")
    layer: Layer = Field(description="From the main sources of its dossier, or known otherwise.")
    type: str | None = Field(description="The category within its kind; null for places and dossiers.")
    speaker: SpeakerValue | None = Field(description="Of a claim, who says it; null where a source does, else too.")
    narrated: bool | None = Field(description="Of a claim, whether its source says it in its own voice; else null.")


def hit(document: Members) -> JsonObject:
    """What a search shows of a document, all but its URL and the name that matched."""
    shown = ("id", "kind", "label", "layer", "type", "speaker", "narrated")
    return {name: document.get(name) for name in shown}


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
        Words("kind", RecordRow.kind, f"Only records of this kind: {', '.join(ENTRIES)}."),
    ),
    sorts=("relevance", "kind", "id"),
    columns=("label", "kind", "type", "layer"),
    facets=("kind",),
    requires="q",
    searches_all=True,
    title="Records",
)
