"""The objects of a Popolo file by their ids there, and the ids of the records that they become."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

from app.imports.popolo.item import Item
from app.values.slugs import MAX_SLUG, slugify

KIND: Final[Mapping[str, str]] = {
    "parent_id": "",  # of the list that the object itself is in
    "person_id": "persons",
    "organization_id": "organizations",
    "on_behalf_of_id": "organizations",
    "post_id": "posts",
    "area_id": "areas",
}
"""The list that each reference leads to."""


class Known:
    """Ids are made of names; where several have one name, the first part of the id in the file is added."""

    def __init__(self, items: Iterable[Item]) -> None:
        self._items: dict[tuple[str, str], Item] = {}
        self._ids: dict[str, str] = {}
        self._taken: Counter[str] = Counter()
        named = [*items]
        often = Counter(slugify(item.text("name")) for item in named)
        for item in named:
            words = slugify(item.text("name"))
            own = slugify(item.text("id"))[-12:].strip("-") if often[words] > 1 else ""
            self._ids[item.path] = self.made(" ".join(filter(None, (words, own))) or "unnamed")
            self.know(item)

    def know(self, item: Item) -> None:
        """Know an object by its id in the file."""
        key = (_list_of(item), item.text("id"))
        if key[1] and key in self._items:
            item.notes.fault("unreadable-value", item.at("id"), f"'{key[1]}' is the id of {self._items[key].path} too")
        self._items.setdefault(key, item)

    def id(self, item: Item) -> str:
        """The id of the record that an object becomes."""
        return self._ids[item.path]

    def made(self, text: str) -> str:
        """An id that no record before has, made of these words."""
        slug = slugify(text)[: MAX_SLUG - 5].strip("-")
        self._taken[slug] += 1
        return slug if self._taken[slug] == 1 else f"{slug}-{self._taken[slug]}"

    def item(self, item: Item, member: str) -> Item | None:
        """The object that a member refers to; that there is none is a fault."""
        wanted = item.text(member)
        found = self._items.get((KIND[member] or _list_of(item), wanted)) if wanted else None
        if wanted and found is None:
            message = f"there is no '{wanted}' in {KIND[member] or _list_of(item)}"
            item.notes.fault("unknown-name", item.at(member), message)
        return found

    def refers(self, item: Item, member: str) -> str | None:
        """The id of the record that a member refers to."""
        found = self.item(item, member)
        return self._ids[found.path] if found else None


def _list_of(item: Item) -> str:
    return item.path.rpartition(".")[2].partition("[")[0]
