"""The picture of the records tells of what there is."""

from __future__ import annotations

from xml.etree import ElementTree

from openhix.site import records


def test_the_picture_is_as_it_is_drawn_from_the_models() -> None:
    """Who fails here has made a record, or changed one: `python -m openhix.site.records` draws it anew."""
    assert records.PICTURE.read_text("utf-8") == records.drawn()


def test_the_picture_shows_what_only_grows_what_is_sealed_and_what_points_where() -> None:
    said = ["".join(each.itertext()) for each in ElementTree.fromstring(records.drawn())]
    of_version = said[said.index("Version ●") + 1 :]
    assert of_version[0].startswith("one row per")
    links = next(number for number, line in enumerate(of_version) if line.startswith("→"))
    assert of_version[links : links + 2] == ["→ Application, Account", "sealed: answers, signature"]
