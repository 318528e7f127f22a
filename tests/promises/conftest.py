"""One live server of the three dossiers for all promises that change nothing."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from web.live import Live, running


@pytest.fixture(scope="session")
def live(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """The server; in the end nothing may have gone wrong in it."""
    with running(folder, tmp_path_factory.mktemp("promises") / "log") as made:
        yield made
        assert "Traceback" not in made.log
