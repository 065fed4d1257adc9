"""Windows of the browser, each used by one test after another: to open one takes longer than most pages."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, WebError

PATIENCE = 15_000  # milliseconds; a machine may be busy
HEIGHT = 800


@dataclass
class Window:
    """A browser of somebody's own, with cookies of its own; what it complains about is kept."""

    context: BrowserContext
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.context.set_default_timeout(PATIENCE)
        self.context.on("console", self._hear)
        self.context.on("weberror", self._hear_error)

    def _hear(self, said: ConsoleMessage) -> None:
        is_the_page_itself = said.page is not None and said.location["url"] == said.page.url  # one that is not found
        if said.type in ("error", "warning") and not is_the_page_itself:
            self.complaints.append(said.text)

    def _hear_error(self, error: WebError) -> None:
        self.complaints.append(str(error.error))

    def open(self, path: str, *, width: int, session: str, url: str) -> Page:
        if session:
            self.context.add_cookies([{"name": "sessionid", "value": session, "url": url}])
        page = self.context.new_page()
        page.set_viewport_size({"width": width, "height": HEIGHT})
        page.goto(path)
        return page

    def emptied(self) -> list[str]:
        """Leave no page and no cookie to whoever is next. What the window has complained about."""
        for page in self.context.pages:
            page.close()
        self.context.clear_cookies()
        complaints, self.complaints = self.complaints, []
        return complaints


class Windows:
    def __init__(self, browser: Browser, url: str) -> None:
        self.url = url
        self._browser = browser
        self._free: dict[tuple[str, bool], list[Window]] = defaultdict(list)
        self._taken: list[tuple[tuple[str, bool], Window]] = []

    def take(self, *, locale: str, javascript: bool) -> Window:
        kind = locale, javascript
        window = self._free[kind].pop() if self._free[kind] else self._new(*kind)
        self._taken.append((kind, window))
        return window

    def give_back(self) -> list[str]:
        """All that were taken; what they complained about."""
        complaints = []
        for kind, window in self._taken:
            complaints += window.emptied()
            self._free[kind].append(window)
        self._taken.clear()
        return complaints

    def _new(self, locale: str, javascript: bool) -> Window:
        return Window(
            self._browser.new_context(
                base_url=self.url, locale=locale, java_script_enabled=javascript, reduced_motion="reduce"
            )
        )
