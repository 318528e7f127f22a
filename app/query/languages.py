"""The filter of languages: tags of BCP 47, which case makes no difference to."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from app.query.base import Filter, Lookup, Refused, Schema, read_each
from app.query.index import Inverted
from app.values.languages import LANGUAGE, in_its_case
from app.values.languages import tag as meant


@dataclass(frozen=True)
class Languages(Filter[tuple[str, ...]]):
    """Tags of BCP 47, in whatever case. One that no record has is as good a question as the code of a country."""

    def read(self, values: Sequence[str], lookup: Lookup) -> tuple[str, ...]:
        return tuple(sorted(set(read_each(values, lambda value: self._tag(value, lookup)))))

    def _tag(self, value: str, lookup: Lookup) -> str:
        """The tag as it is compared; raises Refused."""
        tag, index = in_its_case(value), self.inverted[0].name
        if LANGUAGE.fullmatch(tag):
            return tag
        message = f"'{value}' is no BCP 47 tag, such as en or sr-Latn."
        raise Refused(message, value, lambda: meant(value) or lookup.nearest_value(index, value))

    @cached_property
    def inverted(self) -> tuple[Inverted, ...]:
        (column,) = self.columns
        return (
            Inverted(f"{column.table.name}.{column.name}", column.table, lambda row: (in_its_case(row[column.name]),)),
        )

    def schema(self) -> Schema:
        return {"type": "string", "maxLength": 100}
