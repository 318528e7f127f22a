"""Figures in documents: a number that a claim gives, with its bounds."""

from pydantic import Field

from app.entries.base import Number
from app.entries.made import Made
from app.resources.dates import MomentValue
from app.vocabularies import Measure


class FigureClaimed(Made):
    """A number that the claim gives."""

    measure: Measure
    unit: str | None = Field(description="What it is measured in: a code of UCUM, or of ISO 4217 for money.")
    low: Number | None = Field(description="Null where the count is vague below.")
    value: Number | None = Field(description="The exact figure, where one is given.")
    high: Number | None = Field(description="Null where the count is vague above.")
    approximate: bool = Field(description="About, nearly, some.")
    as_of: MomentValue | None = Field(description="The day or hour that the figure holds for, where it is told.")
