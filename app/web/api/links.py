"""Links of an answer: absolute URLs that start with one base, in the body and in the Link header (RFC 8288)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from starlette.requests import Request

from app.formats.context import PATH
from app.formats.jsonld import jsonld
from app.web.api.url import Pairs, encode, encode_path, with_value

CONTEXT = "http://www.w3.org/ns/json-ld#context"
LICENCES = {"CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/"}  # where the text of a licence is better known


@dataclass(frozen=True)
class Address:
    """Where a request was sent: base, path, and parameters in the order sent."""

    base: str
    path: str
    pairs: Pairs

    @classmethod
    def of(cls, request: Request) -> "Address":
        """The address of a request that the guard let through."""
        state = request.scope["state"]
        return cls(state["base"], request.scope["path"], state["pairs"])

    @property
    def url(self) -> str:
        """As it was asked."""
        return f"{self.base}{encode_path(self.path)}{encode(self.pairs)}"

    def having(self, **values: str | None) -> str:
        """The same URL with some parameters set, or left out where None."""
        pairs = self.pairs
        for name, value in values.items():
            pairs = with_value(pairs, name, value)
        return f"{self.base}{encode_path(self.path)}{encode(pairs)}"


def list_links(address: Address, release: str, following: str | None) -> dict[str, str | None]:
    """The `links` of a page; `following` is the cursor of the next one."""
    return {
        "self": address.url,
        "first": address.having(cursor=None),
        "next": address.having(cursor=following) if following else None,
        "permalink": address.having(release=release),
    }


def licence_url(spdx: str) -> str:
    """Where the text of a licence is found, by its SPDX identifier."""
    return LICENCES.get(spdx, f"https://spdx.org/licenses/{spdx}")


def link_header(links: Mapping[str, str | None], base: str, licences: Iterable[str]) -> str:
    """The Link header: `next`, `first`, `permalink`, and who may use the data, how to cite it, what describes it.

    What to cite (RFC 8574) is the permalink, unless `links` names a `cite-as`: that of the path that all views share.
    A licence is given by its SPDX identifier. Where the answer is of records, and not derived of one, the JSON-LD
    context follows, which gives plain JSON a meaning (JSON-LD 1.1 section 6.1); other media types have no use for it.
    """
    relations = [(name, links.get(name)) for name in ("next", "first", "permalink")]
    relations += [("license", licence_url(each)) for each in licences]
    relations += [("cite-as", links.get("cite-as") or links["permalink"]), ("describedby", f"{base}/openapi.json")]
    found = [f'<{url}>; rel="{name}"' for name, url in relations if url]
    context = f'<{base}{PATH}>; rel="{CONTEXT}"; type="{jsonld.media_type}"'
    return ", ".join(found if "up" in links else [*found, context])
