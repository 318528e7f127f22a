"""What breaks clients between two OpenAPI documents: anything removed or narrowed, one sentence each."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Schema = Mapping[str, Any]

AT_MOST = ("maximum", "maxLength", "maxItems")  # lowering one narrows
AT_LEAST = ("minimum", "minLength", "minItems")  # raising one narrows


def breaks(before: Any, after: Any) -> list[str]:
    """Each thing that a client of `before` may rely on and that `after` no longer keeps."""
    return sorted(set(_Comparison(before, after).found()))


def may_break(before: str, after: str) -> bool:
    """Whether semantic versions allow it: a new major version, or a new minor one while the major is 0."""
    old, new = ([int(part) for part in version.split(".")] for version in (before, after))
    return new[0] > old[0] or (new[0] == 0 and new[1] > old[1])


@dataclass(frozen=True)
class _Comparison:
    before: Any
    after: Any

    def found(self) -> Iterator[str]:
        for path, item in self.before["paths"].items():
            for method, old in item.items():
                where = f"{method.upper()} {path}"
                new = self.after["paths"].get(path, {}).get(method)
                if new is None:
                    yield f"{where} is gone"
                else:
                    yield from self._operation(where, old, new)

    def _operation(self, where: str, old: Schema, new: Schema) -> Iterator[str]:
        if old["operationId"] != new["operationId"]:
            yield f"{where} is no longer called {old['operationId']}"
        yield from self._parameters(where, old, new)
        for status, response in old["responses"].items():
            if status.startswith("2"):
                yield from self._response(f"{where} {status}", response, new["responses"].get(status))

    def _parameters(self, where: str, old: Schema, new: Schema) -> Iterator[str]:
        known = {(each["in"], each["name"]): each for each in old.get("parameters", ())}
        there = {(each["in"], each["name"]): each for each in new.get("parameters", ())}
        for key, each in there.items():
            if each.get("required") and not known.get(key, {}).get("required"):
                yield f"{where} now requires {key[1]}"
        for key, each in known.items():
            if key not in there:
                yield f"{where} has no parameter {key[1]} any more"
            else:
                yield from self._asked(f"{where} {key[1]}", each["schema"], there[key]["schema"])

    def _asked(self, where: str, old: Schema, new: Schema) -> Iterator[str]:
        """What is sent may only widen."""
        old, new = self._resolved(old, new)
        yield from self._values(where, old, new)
        if new.get("type") not in (None, old.get("type")):
            yield f"{where} is now {new['type']}"
        if new.get("pattern") not in (None, old.get("pattern")):
            yield f"{where} has another pattern"
        if "default" in new and new["default"] != old.get("default"):  # to tell none any more changes nothing
            yield f"{where} has another default"
        for names, sign in ((AT_MOST, 1), (AT_LEAST, -1)):
            for name in names:
                if name in new and (name not in old or sign * new[name] < sign * old[name]):
                    yield f"{where} has a narrower {name}"
        if "items" in old and "items" in new:
            yield from self._asked(where, old["items"], new["items"])

    def _response(self, where: str, old: Schema, new: Schema | None) -> Iterator[str]:
        if new is None:
            yield f"{where} is gone"
            return
        for header in old.get("headers", ()):
            if header not in new.get("headers", ()):
                yield f"{where} has no header {header} any more"
        for media, content in old.get("content", {}).items():
            if media not in new.get("content", {}):
                yield f"{where} is no longer had as {media}"
            elif "schema" in content:
                yield from self._sent(f"{where} {media}", content["schema"], new["content"][media]["schema"], ())

    def _sent(self, where: str, old: Schema, new: Schema, inside: tuple[str, ...]) -> Iterator[str]:
        """What is received keeps every member, of the same type, as surely there as it was."""
        here = old.get("$ref", "")
        if here and here in inside:  # a component that holds itself: it is being compared already
            return
        where, deeper = (here.rpartition("/")[2], (*inside, here)) if here else (where, inside)
        old, new = self._resolved(old, new)
        yield from self._values(where, old, new)
        yield from self._kind(where, old, new)
        yield from self._members(where, old, new, deeper)
        for name in ("items", "additionalProperties"):
            if isinstance(old.get(name), Mapping) and isinstance(new.get(name), Mapping):
                yield from self._sent(where, old[name], new[name], deeper)
        yield from self._branches(where, old, new, deeper)

    def _members(self, where: str, old: Schema, new: Schema, inside: tuple[str, ...]) -> Iterator[str]:
        there = new.get("properties", {})
        for name, member in old.get("properties", {}).items():
            if name not in there:
                yield f"{where} has no member {name} any more"
                continue
            if name in old.get("required", ()) and name not in new.get("required", ()):
                yield f"{where} may lack {name}"
            yield from self._sent(f"{where}.{name}", member, there[name], inside)

    def _kind(self, where: str, old: Schema, new: Schema) -> Iterator[str]:
        for word in ("type", "const", "format"):
            if word in old and old[word] != new.get(word) and not (word == "type" and _branches(new)):
                yield f"{where} has another {word}"
        if _branches(new) and not _nullable(old) and _nullable(new):
            yield f"{where} may now be null"

    def _branches(self, where: str, old: Schema, new: Schema, inside: tuple[str, ...]) -> Iterator[str]:
        """Of a union, each branch by its component, or by its type."""
        there = {_key(each): each for each in _leaves(self.after, new) or [new]}
        for each in _leaves(self.before, old):
            if _key(each) in there:
                yield from self._sent(where, each, there[_key(each)], inside)
            elif _key(each) != "null":  # what is never null any more breaks nobody
                yield f"{where} is never {_key(each)} any more"

    def _values(self, where: str, old: Schema, new: Schema) -> Iterator[str]:
        if "enum" in new and "enum" not in old:
            yield f"{where} takes only some values now"
        for value in old.get("enum", ()):
            if "enum" in new and value not in new["enum"]:
                yield f"{where} has no value {value} any more"

    def _resolved(self, old: Schema, new: Schema) -> tuple[Schema, Schema]:
        return _resolve(self.before, old), _resolve(self.after, new)


def _resolve(document: Any, schema: Schema) -> Schema:
    if "$ref" not in schema:
        return schema
    found: Schema = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return {**_resolve(document, found), **{name: value for name, value in schema.items() if name != "$ref"}}


def _branches(schema: Schema) -> list[Schema]:
    return [*schema.get("anyOf", ()), *schema.get("oneOf", ())]


def _leaves(document: Any, schema: Schema) -> list[Schema]:
    """The branches of a union, those of a union inside it in place of that one."""
    return [leaf for each in _branches(schema) for leaf in _leaves(document, _resolve(document, each)) or [each]]


def _nullable(schema: Schema) -> bool:
    return any(each.get("type") == "null" for each in _branches(schema))


def _key(schema: Schema) -> str:
    return str(schema.get("$ref") or schema.get("type")).rpartition("/")[2]
