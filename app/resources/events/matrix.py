"""The matrix of an event as published: what every voice says to every question about it."""

from pydantic import Field

from app.entries.base import Ref
from app.entries.made import Made
from app.resources.dates import DateValue
from app.resources.figures import FigureClaimed
from app.vocabularies import ClaimType, Layer, Measure, Modality, Quote


class AspectValue(Made):
    """A question about the event that claims answer."""

    id: str = Field(description="Its name within the event: `arrested`.")
    question: str = Field(description="What is asked, in a few words.")
    measure: Measure | None = Field(description="What is counted, if the answer is a figure.")


class MatrixSpeaker(Ref):
    """A column: an actor that speaks, or a source that says something in its own voice."""

    voice: str = Field(
        description="The key of the column, which its cells name: an actor's id, or `source:` and an id."
    )
    narrated: bool = Field(description="True for a source.")


class MatrixClaim(Made):
    """One claim about the event."""

    claim: Ref
    text: str = Field(description="What is said, without the voice.")
    layer: Layer = Field(description="From the main sources of the dossier, or known otherwise.")
    pinned: bool = Field(description="Whether a passage of a text at hand is given for it.")
    type: ClaimType
    modality: Modality
    quote: Quote = Field(description="How much of it the source quotes.")
    said: DateValue | None
    figures: list[FigureClaimed]
    contested: bool = Field(description="Another voice contradicts, disputes or denies it, in whatever row.")
    superseded: bool = Field(description="Another claim updates, corrects or retracts it.")


class MatrixCell(Made):
    """What one voice says to one question."""

    voice: str = Field(description="The key of its column.")
    claims: list[MatrixClaim] = Field(description="At least one; in the order they were said, undated ones last.")


class MatrixRow(Made):
    """One question, and what each voice says to it."""

    aspect: AspectValue | None = Field(
        description="Null in the last row: claims that answer no question of this event."
    )
    gap: str | None = Field(description="Why the question stays open, if it does.")
    disagreement: bool = Field(
        description="Two voices contest each other in this row, or its figures for the aspect's measure are disputed."
    )
    cells: list[MatrixCell] = Field(description="One for each voice that says something, in the order of the columns.")


class Matrix(Made):
    """Who says what about one event. Every claim about it stands in exactly one cell."""

    event: Ref
    speakers: list[MatrixSpeaker] = Field(description="Actors in order of id, then sources in order of id.")
    rows: list[MatrixRow] = Field(description="In the order of the event's aspects, those that nobody answers too.")
