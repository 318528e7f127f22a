"""What programs look for that find a site: robots.txt, the sitemap and its parts, llms.txt, the icon."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree

import pytest

from app.main import create_app
from app.releases.sqlite import SqliteStore
from app.resources import MAIN
from app.settings import Settings
from app.web.routers.discovery import parts, security, sitemap, sitemap_part
from contract.orders import Documents
from problems import problem
from visitor import BASE, Visitor

SITEMAPS = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
PATHS = ("/robots.txt", "/sitemap.xml", "/llms.txt", "/favicon.ico")


def addresses(text: str) -> list[str]:
    """What a sitemap lists."""
    return [str(found.text) for found in ElementTree.fromstring(text).iter(f"{SITEMAPS}loc")]


@pytest.mark.parametrize("path", PATHS)
def test_they_are_kept_like_other_answers(visitor: Visitor, path: str) -> None:
    answer = visitor.get(path)
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == visitor.get("/releases").headers["cache-control"]
    assert visitor.get(path, headers={"if-none-match": answer.headers["etag"]}).status_code == 304
    problem(visitor.get(path, wrong="1"), 400, "unknown-parameter")


def test_robots_may_read_pages_and_no_other_format(visitor: Visitor) -> None:
    answer = visitor.get("/robots.txt")
    assert answer.headers["content-type"].startswith("text/plain")
    robots = RobotFileParser()
    robots.parse(answer.text.splitlines())
    assert robots.can_fetch("anybody", f"{BASE}/events/hallvik-ferry-strike")
    assert robots.site_maps() == [f"{BASE}/sitemap.xml"]
    assert re.search(r"^Disallow: /\*format=$", answer.text, re.MULTILINE)


def test_the_sitemap_has_every_record_once(visitor: Visitor, documents: Documents) -> None:
    answer = visitor.get("/sitemap.xml")
    assert answer.headers["content-type"].split(";")[0] == "application/xml"
    found = addresses(answer.text)
    assert len(found) == len(set(found))
    assert set(found) >= {f"{BASE}/{each.name}/{document['id']}" for each in MAIN for document in documents[each.name]}
    assert set(found) >= {f"{BASE}/", f"{BASE}/events", f"{BASE}/guide/api", f"{BASE}/guide/api/errors"}


def test_every_kind_of_address_in_the_sitemap_answers(visitor: Visitor) -> None:
    found = addresses(visitor.get("/sitemap.xml").text)
    one_of_each = {re.sub(r"^(http://[^/]+/\w*).*", r"\1", address): address for address in reversed(found)}
    for address in [*one_of_each.values(), *found[:40]]:
        assert visitor.get(address, headers={"accept": "text/html"}).status_code == 200, address


def test_a_large_release_has_a_sitemap_in_parts(visitor: Visitor, store: SqliteStore) -> None:
    reader = store.current()
    index, numbers = sitemap(BASE, reader, size=100), list(parts(reader, size=100))
    assert "<sitemapindex" in index
    assert addresses(index) == [f"{BASE}/sitemap-{number}.xml" for number in numbers]
    assert len(numbers) > 2
    found = [address for number in numbers for address in addresses(sitemap_part(BASE, reader, number, size=100))]
    assert found == addresses(visitor.get("/sitemap.xml").text)


def test_a_part_that_is_not_there_is_not_found(visitor: Visitor) -> None:
    assert visitor.get("/sitemap-0.xml").text == visitor.get("/sitemap.xml").text
    for part in ("1", "x", "00", "-1"):
        problem(visitor.get(f"/sitemap-{part}.xml"), 404, "not-found")


def test_llms_txt_leads_to_the_guides_and_collections(visitor: Visitor) -> None:
    answer = visitor.get("/llms.txt")
    assert answer.text.startswith("# onrecord\n\n> ")
    for address in re.findall(r"\]\((\S+)\)", answer.text):
        assert visitor.get(address).status_code == 200, address


def test_the_icon_is_an_image(visitor: Visitor) -> None:
    answer = visitor.get("/favicon.ico")
    assert (answer.headers["content-type"].split(";")[0], b"<svg" in answer.content) == ("image/svg+xml", True)


@pytest.fixture(scope="module")
def contacted(folder: Path) -> Iterator[Visitor]:
    """The app of somebody who names a contact."""
    settings = Settings(
        store=folder, public_url="https://data.example.org/api", security_contact="mailto:security@example.org"
    )
    with Visitor(create_app(settings)) as made:
        yield made


def test_security_txt_says_whom_to_tell(contacted: Visitor) -> None:
    answer = contacted.get("/.well-known/security.txt")
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    fields = dict(line.split(": ", 1) for line in answer.text.splitlines())
    expires = datetime.fromisoformat(fields.pop("Expires"))
    assert timedelta(days=1) < expires - datetime.now(UTC) < timedelta(days=365)
    assert fields == {
        "Contact": "mailto:security@example.org",
        "Preferred-Languages": "en",
        "Canonical": "https://data.example.org/api/.well-known/security.txt",
    }
    again = contacted.get("/.well-known/security.txt", headers={"if-none-match": answer.headers["etag"]})
    assert again.status_code == 304


def test_security_txt_names_no_address_of_its_own_that_is_not_secure() -> None:
    assert security(BASE, "tel:+47-1", date(2026, 12, 31)) == (
        "Contact: tel:+47-1\nExpires: 2027-01-30T00:00:00Z\nPreferred-Languages: en\n"
    )


def test_without_a_contact_there_is_no_security_txt(visitor: Visitor) -> None:
    problem(visitor.get("/.well-known/security.txt"), 404, "not-found")
    problem(visitor.get("/.well-known/security.txt?x=1"), 400, "unknown-parameter")
