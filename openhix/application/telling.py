"""What a version of the application changed in the one before, in words, for those who look at it later."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.formats import date_format

from openhix.application import told
from openhix.application.answers import Answers
from openhix.application.models import Version
from openhix.application.queries import answers_of

NOTHING = "—"


@dataclass(frozen=True)
class Difference:
    """One answer that a version changed: of whom or what, before and after. In the active language."""

    of: str
    before: str
    after: str


def differences(before: Version, after: Version) -> list[Difference]:
    """Names first; then in the order of the earlier version, and last what is new."""
    earlier, later = answers_of(before), answers_of(after)
    renamed = _renamed(earlier, later)
    names = {each.key: each.name for each in [*earlier.people, *later.people]}
    was, now = _flat(earlier), _flat(later)
    return renamed + [
        Difference(f"{names.get(key, 'Household')}, {of}", was.get((key, of), NOTHING), now.get((key, of), NOTHING))
        for key, of in dict.fromkeys([*was, *now])
        if was.get((key, of)) != now.get((key, of))
    ]


def _renamed(earlier: Answers, later: Answers) -> list[Difference]:
    """Who is called otherwise now; the earlier answers then speak of them by the names of now."""
    now = {each.key: each for each in later.people}
    renamed = []
    for each in earlier.people:
        if each.key in now and each.name != now[each.key].name:
            renamed.append(Difference(f"{now[each.key].name}, Name", each.name, now[each.key].name))
            each.first_name, each.last_name = now[each.key].first_name, now[each.key].last_name
    return renamed


def _flat(answers: Answers) -> dict[tuple[str, str], str]:
    """Every answer by whose it is and what it is of; people by their key, since a name may be what was corrected."""
    keys = ["", *(each.key for each in answers.people)]
    return {
        (key, f"{part.title}: {line.label}"): date_format(line.day, "F j, Y") if line.day else line.text
        for key, section in zip(keys, told.sections(answers), strict=True)
        for part in section.parts
        for line in part.lines
    }
