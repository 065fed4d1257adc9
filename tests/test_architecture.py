"""The order of the house: what `openhix/journey.py` and the design promise about rooms, imports and records."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import grimp
import pytest
from django.apps import apps
from django.conf import settings
from django.db.models import Model

from openhix.journey import PURE, ROOMS

HOUSE = Path(__file__).resolve().parents[1] / "openhix"

# What makes a module impure: the frameworks, and the room that runs them.
FRAMEWORKS = {"django", "psycopg", "procrastinate"}
OUTSIDE_WORLD = {"os", "io", "pathlib", "shutil", "socket", "subprocess", "tempfile", "urllib", "http", "sqlite3"}

# A room is used through its queries and actions. Its records may be named (foreign keys, types), but only the room
# itself asks the database for them. Its pure modules (values and rules: no Django in them, nor in anything that they
# import) are open, and so is how it says things in words. What else is open is listed here with its reason.
DOORS = {"queries", "actions", "models", "words", "telling", "labels"}
OPEN = {
    "openhix.application.told": "staff read what an application tells of a claim",
    "openhix.application.forms.fields": "residents type a day in one way everywhere",
    "openhix.history.reactions": "later rooms declare here what they react to",
    "openhix.history.nightly": "later rooms declare here what they do at night",
    "openhix.history.worker": "the command line starts it",
    "openhix.history.clock": "the demonstration's clock is shown and set",
    "openhix.history.moving": "the demonstration's clock is moved",
    "openhix.people.access": "who may see a page",
    "openhix.people.sealed": "fields that nobody reads in the database",
    "openhix.people.rotation": "the command line rotates the keys",
    "openhix.eligibility.comparison.sums": "two laws are compared at the command line and by staff",
    "openhix.eligibility.comparison.shown": "a comparison is read in one way",
    "openhix.eligibility.comparison.of_a_file": "the command line compares laws over a file",
    "openhix.eligibility.comparison.of_the_exchange": "staff ask for a comparison of laws",
    "openhix.eligibility.other_law": "the command line has households answered anew",
    "openhix.eligibility.incomes.moved": "residents move their income on the results page",
    "openhix.eligibility.incomes.picture": "the estimate draws the same picture as the results",
    "openhix.correspondence.pdf": "a bill is printed by the same press as a letter",
    "openhix.correspondence.views": "a PDF is answered in one way",
    "openhix.correspondence.inbox": "the demonstration's inbox has an address of the site",
    "openhix.correspondence.uploads": "a page says that it takes files",
    "openhix.plans.api": "the site mounts the routes; later rooms refuse as they do",
    "openhix.eligibility.api.routes": "the site mounts the routes",
    "openhix.eligibility.api.determinations": "what a determination is refused for is told as a problem",
    "openhix.verification.cards": "residents and staff read of a proof in one way",
    "openhix.eligibility.files.batch": "the command line determines files",
    "openhix.eligibility.files.explained": "the command line tells the story of a household of a file",
    "openhix.shopping.households": "choosing and shopping rest on the same prices",
    "openhix.shopping.answer": "plans are listed in one way",
    "openhix.shopping.forms": "plans are filtered in one way",
    "openhix.shopping.sheet": "a plan is shown in one way",
    "openhix.enrollment.basket": "the demonstration chooses as the pages do",
    "openhix.enrollment.counter": "the demonstration chooses as the pages do",
    "openhix.enrollment.care": "what care costs under a policy is said in one way",
    "openhix.billing.ledger": "staff read the ledger in words",
    "openhix.desk.demonstration": "the command line walks the demonstration",
}

NAMES_WITHOUT_MEANING = {"utils", "util", "helpers", "helper", "common", "core", "manager", "managers", "misc", "base"}


@cache
def graph() -> grimp.ImportGraph:
    return grimp.build_graph("openhix", include_external_packages=True)


def room_of(module: str) -> str | None:
    parts = module.split(".")
    return parts[1] if len(parts) > 1 and parts[0] == "openhix" and parts[1] in ROOMS else None


def modules(room: str) -> list[str]:
    """The modules of a room; its tests may look wherever they need to."""
    return sorted(each for each in graph().modules if room_of(each) == room and "tests" not in each.split("."))


def imports_between_rooms() -> list[tuple[str, str]]:
    return [
        (module, imported)
        for room in ROOMS
        for module in modules(room)
        for imported in sorted(graph().find_modules_directly_imported_by(module))
        if room_of(imported) not in (None, room)
    ]


@cache
def is_pure(module: str) -> bool:
    return not FRAMEWORKS & (graph().find_upstream_modules(module) | {module})


def records() -> list[type[Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("openhix.")]


def name(model: type[Model]) -> str:
    return model._meta.label


def test_the_graph_is_not_empty() -> None:
    assert len(imports_between_rooms()) > 20
    assert len(records()) > 5


def test_a_room_imports_only_rooms_above_it() -> None:
    wrong = [
        f"{module} imports {imported}"
        for module, imported in imports_between_rooms()
        if ROOMS.index(str(room_of(imported))) > ROOMS.index(str(room_of(module)))
    ]
    assert wrong == []


def test_a_room_is_used_through_its_doors() -> None:
    wrong = [
        f"{module} imports {imported}"
        for module, imported in imports_between_rooms()
        if imported.split(".")[2] not in DOORS and imported not in OPEN and not is_pure(imported)
    ]
    assert wrong == []


def test_what_is_open_is_used() -> None:
    used = {imported for _module, imported in imports_between_rooms()}
    assert sorted(set(OPEN) - used) == []


def test_only_a_room_itself_asks_for_its_records() -> None:
    """A job may look up the record that its event names; everything else asks the room's queries."""
    wrong = []
    for room in ROOMS:
        for module in modules(room):
            if module.endswith(".jobs") or ".migrations" in module:
                continue
            path = HOUSE.parent.joinpath(*module.split("."))
            source = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
            asked = _asked_of_others(ast.parse(source.read_text("utf-8")), room)
            wrong += [f"{module}: {each}" for each in asked]
    assert wrong == []


def _asked_of_others(tree: ast.Module, room: str) -> list[str]:
    foreign = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        and (node.module or "").endswith(".models")
        and room_of(node.module or "") not in (None, room)
        for alias in node.names
    }
    return [
        f"{node.value.id}.objects"
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and node.attr == "objects"
        and isinstance(node.value, ast.Name)
        and node.value.id in foreign
    ]


@pytest.mark.parametrize("room", sorted(PURE))
def test_pure_rooms_know_no_framework(room: str) -> None:
    assert [each for each in modules(room) if not is_pure(each)] == []


def test_rules_know_no_framework() -> None:
    rules = [each for room in ROOMS for each in modules(room) if "rules" in each.split(".")]
    assert rules
    assert [each for each in rules if not is_pure(each)] == []


def test_the_kernel_and_the_rules_read_nothing_from_the_outside_world() -> None:
    inner = [each for room in ROOMS for each in modules(room) if room == "kernel" or "rules" in each.split(".")]
    wrong = {each: graph().find_modules_directly_imported_by(each) & OUTSIDE_WORLD for each in inner}
    assert {each: found for each, found in wrong.items() if found} == {}


def test_the_installed_apps_follow_the_journey() -> None:
    ours = [app.removeprefix("openhix.") for app in settings.INSTALLED_APPS if app.startswith("openhix.")]
    assert ours == [room for room in ROOMS if room not in PURE]


@pytest.mark.parametrize("room", ROOMS)
def test_every_room_says_what_it_is_for(room: str) -> None:
    assert (HOUSE / room / "README.md").read_text("utf-8").startswith("# ")


def test_every_folder_of_the_house_is_a_room() -> None:
    folders = {each.name for each in HOUSE.iterdir() if (each / "__init__.py").exists()}
    assert folders == set(ROOMS)


def test_no_file_has_a_name_without_meaning() -> None:
    wrong = [each for room in ROOMS for each in modules(room) if NAMES_WITHOUT_MEANING & set(each.split("."))]
    assert wrong == []


@pytest.mark.parametrize("model", records(), ids=name)
def test_a_record_says_what_one_row_is(model: type[Model]) -> None:
    assert (model.__doc__ or "").startswith("One row per ")


@pytest.mark.parametrize("model", records(), ids=name)
def test_keys_point_up_and_have_no_way_back(model: type[Model]) -> None:
    for field in model._meta.get_fields():
        if field.auto_created or not field.is_relation:
            continue
        assert field.remote_field and field.remote_field.hidden, f"{field} needs related_name='+'"
        target = str(room_of(field.related_model.__module__))
        assert ROOMS.index(target) <= ROOMS.index(str(room_of(model.__module__))), field
