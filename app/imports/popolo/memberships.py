"""The memberships of a Popolo file, those inside of people and organizations too, as relations."""

from collections.abc import Iterator, Mapping, Sequence

from app.imports.popolo import records
from app.imports.popolo.item import Item
from app.imports.popolo.known import Known
from app.imports.record import Record
from app.values.dates_as_written import plainly

ENDS = ("person_id", "organization_id", "post_id")
READ = ("id", *ENDS, "role", "on_behalf_of_id", "area_id", "start_date", "end_date")

Found = tuple[Item, Item | None, Item | None]  # a membership, and the person or organization that it is inside of


class Memberships:
    """Who belongs to what; of posts only those that somebody holds are said."""

    def __init__(self, known: Known, lists: Mapping[str, Sequence[Item]]) -> None:
        self._known, self._lists = known, lists
        self._bodies = {post.path: body for body in lists["organizations"] for post in body.items("posts")}
        inside = [post for body in lists["organizations"] for post in body.items("posts")]
        self._posts = [*lists["posts"], *inside]
        for post in self._posts:
            known.know(post)

    def records(self) -> Iterator[Record]:
        """Each membership as a relation."""
        held: set[str] = set()
        for item, inside_person, inside_body in self._all():
            item.leave_out_all_but(*READ)
            post = self._known.item(item, "post_id")
            if post is not None:
                held.add(post.path)
            person = inside_person or self._end(item, "person_id")
            body = inside_body or (post and self._body_of(post)) or self._end(item, "organization_id")
            if person is not None and body is not None:
                yield self._relation(item, person, body, post)
        for post in self._posts:
            if post.path in held:
                post.leave_out_all_but("id", "label", "role", "organization_id")
            else:
                post.notes.leave_out(post.path)

    def _all(self) -> Iterator[Found]:
        yield from ((item, None, None) for item in self._lists["memberships"])
        for person in self._lists["persons"]:
            yield from ((item, person, None) for item in person.items("memberships"))
        for body in self._lists["organizations"]:
            yield from ((item, None, body) for item in body.items("memberships"))

    def _end(self, item: Item, member: str) -> Item | None:
        """What an end refers to; that there is none is a fault."""
        if not item.text(member):
            item.notes.fault("unreadable-value", item.path, f"there is no {member}")
        return self._known.item(item, member)

    def _body_of(self, post: Item) -> Item | None:
        """The organization that a post is at."""
        return self._bodies.get(post.path) or self._known.item(post, "organization_id")

    def _relation(self, item: Item, person: Item, body: Item, post: Item | None) -> Record:
        held = (post.text("label") or post.text("role")) if post is not None else ""
        ends = self._known.id(person), self._known.id(body)
        role = held or item.text("role") or "member"
        id = self._known.made(f"{ends[0]} {role} {ends[1]} {plainly(item.text('start_date'))}")
        return records.membership(item, id, ends, held, self._said(item))

    def _said(self, item: Item) -> str:
        """What a relation has no member for."""
        party, area = self._known.item(item, "on_behalf_of_id"), self._known.item(item, "area_id")
        told = (f"On behalf of {party.text('name')}." if party else "", f"For {area.text('name')}." if area else "")
        return " ".join(filter(None, told))
