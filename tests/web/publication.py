"""Publishing under load: clients ask a live server without a pause while releases come, go back and are withdrawn.

`python tests/web/publication.py [WORKERS] [ROUNDS]` prints what was asked, what failed, and how soon a step was seen.
Nothing is compared with a clock but the order of things: a request that was sent after a step has to be answered after
it, one that was under way may be answered either way.
"""

import http.client
import json
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from app.main import create_app
from app.releases.build import Plan, plan
from app.releases.life import roll_back, withdraw
from app.releases.publish import publish_release
from app.releases.sqlite import SqliteStore
from app.settings import Settings
from releases.publishing import corpus_of, edit, edition
from visitor import Visitor
from web.live import Live, running

URLS = (
    "/events?limit=500",
    "/claims?limit=3&sort=-said",
    "/actors?q=union",
    "/events/hallvik-ferry-strike",
    "/search?q=rope",
)
WALK = "/claims?limit=4"
REASON = "It named the wrong person."
CLIENTS = 3  # of each kind, as two cores allow


@dataclass
class Step:
    """One step of the catalogue: it happened between two moments, and `current` is the release that it led to."""

    begun: float
    done: float
    current: str
    withdrawn: str | None = None


@dataclass
class Outcome:
    """What the clients saw."""

    requests: Counter[str] = field(default_factory=Counter)
    bodies: int = 0
    walks: int = 0
    crossed: int = 0  # walks that were begun before a step and ended after it
    failures: list[str] = field(default_factory=list)
    seen: list[tuple[float, float, str]] = field(default_factory=list)  # sent, answered, release of an unpinned answer
    gone: list[tuple[float, float, str]] = field(default_factory=list)  # of a 410


class Scene:
    """A store, the releases that will be published in it, and what each of them answers."""

    def __init__(self, folder: Path, editions: int) -> None:
        self.folder = folder / "store"
        self.plans = [plan(corpus_of(_edition(folder / "work", number))) for number in range(editions)]
        self.expected = {made.id: _expected(folder / "alone" / made.id, made) for made in self.plans}
        self.store = SqliteStore(self.folder)
        self.steps: list[Step] = []
        self.over = threading.Event()

    def step(self, act: Callable[[], object], withdrawn: str | None = None) -> None:
        """Do one step, and note when."""
        begun = time.monotonic()
        act()
        self.steps.append(Step(begun, time.monotonic(), self.store.catalogue().needed().info.id, withdrawn))

    def publish(self, number: int) -> None:
        """Publish an edition."""
        self.step(lambda: publish_release(self.store, self.plans[number]))

    def may_be_current(self, sent: float, answered: float) -> set[str]:
        """The releases that may answer a request: those that were current at some moment while it was under way."""
        ends = [*(step.done for step in self.steps[1:]), float("inf")]
        return {
            step.current for step, end in zip(self.steps, ends, strict=True) if step.begun <= answered and sent <= end
        }

    def withdrawal(self, release: str) -> Step | None:
        """The step that withdrew a release, if one did."""
        return next((step for step in self.steps if step.withdrawn == release), None)


def _edition(folder: Path, number: int) -> Path:
    """An edition that differs in its titles."""
    made = edition(folder, f"hallvik-{number + 10}", f"2021-07-{number + 1:02}")
    edit(made / "events.yaml", "title: ", f"title: Edition {number}, ")
    edit(made / "claims.yaml", "A rope across the ramp", f"A rope of edition {number} across the ramp")
    return made


def _expected(folder: Path, made: Plan) -> dict[str, Any]:
    """What a release answers to each URL when it is alone."""
    with closing(SqliteStore(folder)) as store:
        publish_release(store, made)
    with Visitor(create_app(Settings(store=folder, cache=0))) as visitor:
        return {url: told_by(visitor.data(url)) for url in (*URLS, f"{WALK}00")}


def told_by(body: Any) -> Any:
    """What a body tells of its release: all but the links, which lead to the same pages of another release."""
    return {name: body[name] for name in ("data", "page", "release") if name in body}


class Client(threading.Thread):
    """Asks without a pause, on one connection after the other, until all is over; raises nothing, notes everything."""

    def __init__(self, scene: Scene, port: int, act: Callable[["Client"], None]) -> None:
        super().__init__(daemon=True)
        self.scene, self.port, self.act, self.outcome = scene, port, act, Outcome()
        self.connection: http.client.HTTPConnection | None = None

    def run(self) -> None:
        while not self.scene.over.is_set():
            try:
                self.act(self)
            except Exception as error:  # whatever happens to a client is what the test is about
                self.outcome.failures.append(f"{type(error).__name__}: {error}")
                self.hang_up()
        self.hang_up()

    def hang_up(self) -> None:
        """Close the connection, if there is one."""
        if self.connection is not None:
            self.connection.close()
        self.connection = None

    def get(self, target: str) -> tuple[int, Any, float, float]:
        """Status and body of an answer, and when it was asked for and had; now and then on a new connection."""
        if self.connection is None or sum(self.outcome.requests.values()) % 20 == 0:  # perhaps of another worker
            self.hang_up()
        if self.connection is None:
            self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        sent = time.monotonic()
        self.connection.request("GET", target, headers={"Host": "testserver"})
        response = self.connection.getresponse()
        body = json.loads(response.read())
        self.outcome.requests[str(response.status)] += 1
        return response.status, body, sent, time.monotonic()

    def check(self, url: str, body: Any) -> None:
        """Note a body that is not wholly of its release."""
        self.outcome.bodies += 1
        if told_by(body) != self.scene.expected[body["release"]["id"]][url]:
            self.outcome.failures.append(f"{url} of {body['release']['label']} is not what that release answers")


def ask_current(client: Client) -> None:
    """Ask the current release."""
    for url in URLS:
        status, body, sent, answered = client.get(url)
        if status != 200:
            client.outcome.failures.append(f"{url}: {status} {body.get('detail')}")
            continue
        client.check(url, body)
        client.outcome.seen.append((sent, answered, body["release"]["id"]))


def ask_pinned(client: Client) -> None:
    """Ask every release that was published so far, by its id."""
    for made in client.scene.plans:
        known = [step for step in list(client.scene.steps) if step.current == made.id]
        if not known:
            continue
        for url in URLS:
            status, body, sent, answered = client.get(f"{url}{'&' if '?' in url else '?'}release={made.id}")
            if status == 200:
                client.check(url, body)
                client.outcome.seen.append((sent, answered, f"pinned {made.id}"))
            elif status == 410 and REASON in body["detail"]:
                client.outcome.gone.append((sent, answered, made.id))
            else:
                client.outcome.failures.append(f"{url} pinned: {status} {body.get('detail')}")


def walk(client: Client) -> None:
    """Walk through a list; every page is of the release of the first, and together they are its list."""
    steps = len(client.scene.steps)
    status, body, _, _ = client.get(WALK)
    release, walked = body["release"]["id"], list(body["data"])
    while status == 200 and (cursor := body["page"]["next"]):
        time.sleep(0.05)
        status, body, sent, answered = client.get(f"{WALK}&cursor={cursor}")
        if status == 410 and REASON in body["detail"]:
            client.outcome.gone.append((sent, answered, release))
            return
        if status != 200 or body["release"]["id"] != release:
            client.outcome.failures.append(f"a walk: {status} {body.get('detail') or body['release']}")
            return
        walked += body["data"]
    whole = client.scene.expected[release][f"{WALK}00"]["data"]
    if [record["id"] for record in walked] != [record["id"] for record in whole]:
        client.outcome.failures.append("a walk does not add up to its list")
    client.outcome.walks += 1
    client.outcome.crossed += len(client.scene.steps) > steps


def steps(scene: Scene, rounds: int) -> Iterator[None]:
    """Publish, go back, publish on and withdraw, round after round; every third edition is withdrawn."""
    for number in range(1, rounds + 1):
        scene.publish(number)
        yield
        before, here = scene.plans[number - 1].id, scene.plans[number].id
        if not scene.withdrawal(before):
            scene.step(partial(roll_back, scene.store, before))
            yield
            scene.step(partial(roll_back, scene.store, here))
            yield
        if number % 3 == 2:
            scene.step(partial(withdraw, scene.store, here, REASON), withdrawn=here)
            yield


def play(folder: Path, workers: int, rounds: int, pause: float = 0.4) -> tuple[Scene, list[Outcome], Live]:
    """Let clients ask while the steps are done; return what happened and what the clients saw."""
    scene = Scene(folder, rounds + 1)
    scene.publish(0)
    with running(scene.folder, folder / "log", "--workers", str(workers)) as live:
        acts = [act for act in (ask_current, ask_pinned, walk) for _ in range(CLIENTS)]
        clients = [Client(scene, live.port, act) for act in acts]
        for client in clients:
            client.start()
        time.sleep(pause)
        for _ in steps(scene, rounds):
            time.sleep(pause)
        scene.over.set()
        for client in clients:
            client.join(60)
    scene.store.close()
    return scene, [client.outcome for client in clients], live


def late(scene: Scene, outcomes: list[Outcome]) -> list[str]:
    """Answers of a release that was not current any more, or not withdrawn yet, or withdrawn before they were asked."""
    found = []
    for outcome in outcomes:
        for sent, answered, release in outcome.seen:
            if not release.startswith("pinned "):
                if release not in scene.may_be_current(sent, answered):
                    found.append(f"release {release[:8]} answered {sent:.3f} to {answered:.3f}, and was not current")
            elif (gone := scene.withdrawal(release.removeprefix("pinned "))) and sent > gone.done:
                found.append(f"{release[:15]} answered {sent - gone.done:.3f} s after its withdrawal")
        for _, answered, release in outcome.gone:
            if (gone := scene.withdrawal(release)) is None or answered < gone.begun:
                found.append(f"release {release[:8]} was gone before it was withdrawn")
    return found


def told(scene: Scene, outcomes: list[Outcome]) -> Iterator[str]:
    """The figures, a line each."""
    requests: Counter[str] = sum((outcome.requests for outcome in outcomes), Counter())
    failures = [failure for outcome in outcomes for failure in outcome.failures]
    yield f"steps     {len(scene.steps)}, of them {sum(step.withdrawn is not None for step in scene.steps)} withdrawals"
    yield f"requests  {sum(requests.values())}: {dict(requests)}"
    yield f"failures  {len(failures)}, late answers {len(late(scene, outcomes))}"
    yield f"bodies    {sum(outcome.bodies for outcome in outcomes)} compared with their release"
    crossed = sum(outcome.crossed for outcome in outcomes)
    yield f"walks     {sum(outcome.walks for outcome in outcomes)}, of them {crossed} across a step"
    seen = sorted(pair for outcome in outcomes for pair in outcome.seen if not pair[2].startswith("pinned "))
    taken = [took for step in scene.steps[1:] if (took := _taken(step, seen)) is not None]
    yield f"take-up   of a step after {max(taken):.3f} s at most, {sum(taken) / len(taken):.3f} s on average"
    yield from failures[:10]
    yield from late(scene, outcomes)[:10]


def _taken(step: Step, seen: list[tuple[float, float, str]]) -> float | None:
    """Seconds from the end of a step to the first answer from it; None if no client saw it."""
    first = next((answered for sent, answered, release in seen if release == step.current and sent > step.begun), None)
    return None if first is None else max(0.0, first - step.done)


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:]]
    with tempfile.TemporaryDirectory() as made:
        played = play(Path(made), *(numbers[:1] or [2]), *(numbers[1:] or [8]))
        sys.stdout.write("".join(f"{line}\n" for line in told(played[0], played[1])))
