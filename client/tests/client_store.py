"""A store for the tests of the client: the bundled dossier and an invented one."""

from pathlib import Path

from app.dossier.check import check
from app.releases.build import plan
from app.releases.publish import publish_release
from app.releases.sqlite import SqliteStore

ROOT = Path(__file__).parent.parent.parent
DOSSIERS = (ROOT / "app" / "fixtures" / "north-kosovo-2019", ROOT / "tests" / "dossiers" / "small")


def publish(folder: Path) -> None:
    """Build the dossiers into the store of that folder."""
    corpus = check(DOSSIERS).corpus
    assert corpus is not None
    publish_release(SqliteStore(folder), plan(corpus))
