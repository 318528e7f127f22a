"""A store of its own for each test here: they publish into it, break it, and withdraw from it."""

import shutil
from pathlib import Path

import pytest

from releases.publishing import SMALL, published


@pytest.fixture(scope="session")
def small_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with one release of the small dossier; nobody changes it."""
    made = tmp_path_factory.mktemp("small")
    published(made, SMALL)
    return made


@pytest.fixture
def folder(small_store: Path, tmp_path: Path) -> Path:
    """A copy of that store."""
    return Path(shutil.copytree(small_store, tmp_path / "store"))
