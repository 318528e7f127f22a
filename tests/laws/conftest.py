"""Three invented worlds, each with the app before its store."""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from app.main import create_app
from app.settings import Settings
from laws.asking import Asked
from laws.worlds import World, publish
from visitor import Visitor

SEEDS = (1, 2, 3)


@pytest.fixture(scope="session")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Asked]]:
    """One for each world; a question names the one it is put to by its number."""
    with ExitStack() as stack:
        made = []
        for seed in SEEDS:
            world, folder = World(seed), tmp_path_factory.mktemp("world")
            publish(world, folder)
            made.append(Asked(world, stack.enter_context(Visitor(create_app(Settings(store=folder))))))
        yield made
