"""What may be answered: of each release the bytes that a server over a folder with nothing else gives."""

import hashlib
import shutil
from contextlib import closing
from pathlib import Path

from app.main import create_app
from app.releases.sqlite import SqliteStore
from app.settings import Settings
from app.web.api.guard import Guard
from cluster.front import PUBLIC
from deploy.proxies import HOST
from releases.publishing import BUNDLED, edit, edition, published
from visitor import Visitor

LISTS = ("events", "actors", "claims", "sources", "places", "relations", "people", "groups")
QUERIES = (
    "limit=1",
    "limit=3",
    "limit=7",
    "limit=20",
    "format=csv",
    "format=html&limit=5",
    "sort=-id&limit=9",
    "q=ferry",
)
MORE = (
    "/search?q=police",
    "/search?q=vuc*",
    "/events?facets=type,place",
    "/events?include=claims&limit=5",
    "/events?date=2019&limit=4",
    "/places?format=geojson",
    "/events?format=atom",
    "/events/hallvik-ferry-strike/matrix",
    "/events/hallvik-ferry-strike/claims",
)


class Expected:
    """The editions of one dossier beside the bundled one, and the digests of their answers."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir()
        self.targets = [f"/{name}?{query}" for name in LISTS for query in QUERIES] + list(MORE)
        self.labels: dict[str, str] = {}  # of each release, by its id
        self._digests: dict[tuple[str, str], bytes] = {}

    def edition(self, number: int) -> tuple[list[Path], str]:
        """Make an edition, and work out its answers; return its dossiers and the id of its release."""
        work = self._folder / str(number)
        work.mkdir()
        made = edition(work, f"hallvik-{number}", f"2021-06-{number:02d}")
        edit(made / "events.yaml", "A rope closes the ramp", f"A rope closes the ramp for the time {number}")
        dossiers = [BUNDLED, made]
        release = published(work / "store", *dossiers).info
        self.labels[release.id] = release.label
        with closing(SqliteStore(work / "store")) as store, Visitor(self._app(work)) as visitor:
            if number == min(map(int, (path.name for path in self._folder.iterdir()))):
                self.targets += [f"/{home}/{id}" for home, id in store.current().addresses(0, 120)]
            for target in self.targets:
                answer = visitor.get(target, {"host": HOST})
                assert answer.status_code == 200, (target, answer.text)
                self._digests[release.id, target] = hashlib.sha256(answer.content).digest()
        shutil.rmtree(work / "store")
        return dossiers, release.id

    def is_before(self, release: str, other: str) -> bool:
        """Whether a release is of an earlier edition than another."""
        order = [*self.labels]
        return release in order and order.index(release) < order.index(other)

    def _app(self, work: Path) -> Guard:
        return create_app(Settings(store=work / "store", public_url=PUBLIC, hosts=(HOST,)))

    def holds(self, release: str, target: str, body: bytes) -> bool:
        """Whether that is what the release answers."""
        return self._digests.get((release, target)) == hashlib.sha256(body).digest()
