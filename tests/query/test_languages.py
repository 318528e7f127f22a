"""Languages as curators wrote them, in whatever case, are asked for in whatever case."""

from pathlib import Path

from app.entries.dossiers import DossierEntry
from app.entries.sources import SourceEntry
from app.main import create_app
from app.releases.build import plan
from app.releases.publish import publish_release
from app.releases.sqlite import SqliteStore
from app.settings import Settings
from derive.tiny import corpus, entry
from visitor import Visitor


def test_a_tag_is_one_however_it_is_curated_and_asked(tmp_path: Path) -> None:
    sources = [
        entry(SourceEntry, f"in-{tag.lower()}-{i}", language=tag) for i, tag in enumerate(("pt-br", "pt-BR", "pt"))
    ]
    publish_release(SqliteStore(tmp_path), plan(corpus(entry(DossierEntry, "dossier"), *sources)))
    with Visitor(create_app(Settings(store=tmp_path))) as visitor:
        for tag in ("pt-BR", "pt-br", "PT-br"):
            body = visitor.data("/sources", language=tag, facets="language")
            assert {each["language"] for each in body["data"]} == {"pt-br", "pt-BR"}
            assert [(each["value"], each["count"]) for each in body["facets"]["language"]] == [("pt-BR", 2)]
        assert visitor.data("/sources", language="PT")["page"]["total"] == 1
