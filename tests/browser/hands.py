"""How somebody uses a page: with a mouse, or by keyboard alone. Both find things by the names that forms give them."""

from __future__ import annotations

from typing import Protocol

from playwright.sync_api import Page

MOST_TABS = 400
FOCUSED = "selector => document.activeElement.matches(selector)"


class Hands(Protocol):
    """`fill` answers one question of a form, `press` follows a link or presses a button, and waits for its page."""

    page: Page

    def fill(self, name: str, value: str) -> None: ...

    def press(self, selector: str) -> None: ...


class Mouse:
    def __init__(self, page: Page) -> None:
        self.page = page

    def fill(self, name: str, value: str) -> None:
        field = self.page.locator(f"main [name={name}]").first
        match kind_of(self.page, name):
            case "select":
                field.select_option(value)
            case "radio":
                self.page.locator(f"label[for='{name}-{value}']").click()
            case "checkbox":
                self.page.locator(f"label[for='{name}-{value}'], label[for='{name}']").first.click()
            case _text:
                field.fill(value)

    def press(self, selector: str) -> None:
        with self.page.expect_navigation():
            self.page.locator(selector).first.click()


class Keyboard:
    """Tab, Space, arrows, Enter and letters. What cannot be reached so fails the test."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def fill(self, name: str, value: str) -> None:
        keys = self.page.keyboard
        match kind_of(self.page, name):
            case "select":
                self._reach(f"[name={name}]")
                self._until(f"select[name={name}]", value, "ArrowDown")
            case "radio":
                self._reach(f"[name={name}]")
                keys.press("Space")
                self._until(f"[name={name}]:checked", value, "ArrowDown")
            case "checkbox":
                self._reach(f"[name={name}][value={value}]")
                keys.press("Space")
            case _text:
                self._reach(f"[name={name}]")
                keys.type(value)

    def press(self, selector: str) -> None:
        self._reach(selector)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def _reach(self, selector: str) -> None:
        for _ in range(MOST_TABS):
            if self.page.evaluate(FOCUSED, selector):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{selector} cannot be reached by keyboard on {self.page.url}")

    def _until(self, selector: str, value: str, key: str) -> None:
        """Press the key until the field says the value."""
        field = self.page.locator(selector)
        for _ in range(MOST_TABS):
            if field.input_value() == value:
                return
            self.page.keyboard.press(key)
        raise AssertionError(f"{selector} does not offer {value} on {self.page.url}")


def kind_of(page: Page, name: str) -> str:
    """select, radio, checkbox, or what kind of text."""
    field = page.locator(f"main [name={name}]").first
    return str(field.evaluate("each => each.tagName === 'SELECT' ? 'select' : each.type"))
