"""The speaker in documents: who makes a claim, and as what."""

from pydantic import Field

from app.entries.base import Ref
from app.entries.made import Made


class SpeakerValue(Made):
    """Who says it, and as what."""

    actor: Ref = Field(description="Who says it.")
    role: str | None = Field(description="The role at that time, as the source gives it.")
    attribution: str | None = Field(description="How the source attributes it, in a word or two.")
