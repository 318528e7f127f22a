"""A look at our pages in a browser: in one colour scheme, at one width, with every request to elsewhere cut off."""

from typing import Any, Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route, expect

from patience import PATIENCE

Scheme = Literal["light", "dark", "forced"]
MILLISECONDS = 1000.0 * PATIENCE

expect.set_options(timeout=MILLISECONDS)


class Sight:
    """Pages of one test; `elsewhere` are the URLs that were cut off, `complaints` what the console was told."""

    def __init__(self, browser: Browser, origin: str) -> None:
        self.browser, self.origin = browser, origin
        self.elsewhere: list[str] = []
        self.complaints: list[str] = []

    def open(
        self, path: str, scheme: Scheme = "light", width: int = 1280, scripts: bool = True, errors: bool = False
    ) -> Page:
        """The page when everything that it loads is there; forced colours are those that the reader's system sets.

        With `errors`, the page is that of a problem, and the browser may say so in its console.
        """
        context = self.browser.new_context(
            color_scheme="light" if scheme == "forced" else scheme,
            forced_colors="active" if scheme == "forced" else "none",
            viewport={"width": width, "height": 844},
            reduced_motion="reduce",
            java_script_enabled=scripts,
        )
        context.set_default_timeout(MILLISECONDS)
        context.route("**/*", self._own)
        page = context.new_page()
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        heard = self.complaints if not errors else []
        page.on("console", lambda message: heard.append(message.text) if message.type == "error" else None)
        page.goto(self.origin + path, wait_until="networkidle")
        return page

    def close(self) -> None:
        """Close every page."""
        for context in self.browser.contexts:
            context.close()

    def _own(self, route: Route) -> None:
        if route.request.url.startswith((self.origin, "data:")):
            route.continue_()
        else:
            self.elsewhere.append(route.request.url)
            route.abort()


def findings(page: Page) -> list[tuple[str, str]]:
    """What axe-core finds: its rule, and the element as a selector."""
    violations: list[Any] = Axe().run(page).response["violations"]
    return [(each["id"], " ".join(map(str, node["target"]))) for each in violations for node in each["nodes"]]


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than the window."""
    wider: int = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    return wider
