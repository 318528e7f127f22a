"""Names in documents: every spelling of one record, the main one first."""

from pydantic import BaseModel, Field

from app.entries.base import Name
from app.vocabularies import NameType


class NameValue(BaseModel):
    """One name, in one language and script."""

    value: str
    lang: str | None = Field(description="BCP 47 language tag.")
    script: str | None = Field(description="ISO 15924 script code.")
    type: NameType


def name_values(name: str, names: list[Name]) -> list[NameValue]:
    """The main name, then every other one as curated."""
    main = NameValue(value=name, lang=None, script=None, type="main")
    return [main, *(NameValue(**each.model_dump()) for each in names)]
