"""Names in documents: every spelling of one record, the main one first."""

from pydantic import Field

from app.entries.base import Name
from app.entries.made import Made
from app.vocabularies import Layer, NameType


class NameValue(Made):
    """One name, in one language and script."""

    value: str = Field(description="As it is written.")
    lang: str | None = Field(description="BCP 47 language tag.")
    script: str | None = Field(description="ISO 15924 script code.")
    type: NameType
    layer: Layer = Field(description="Where the name is from: the main sources, or elsewhere.")


def name_values(name: str, names: list[Name], layer: str) -> list[NameValue]:
    """The main name, then every other one as curated; each is of the record's layer unless it says another."""
    main = next((other for other in names if other.type == "main"), Name(value=name, type="main"))
    return [_name(one, layer) for one in (main, *(other for other in names if other.type != "main"))]


def _name(name: Name, layer: str) -> NameValue:
    return NameValue(**name.members("value", "lang", "script", "type"), layer=name.layer or layer)
