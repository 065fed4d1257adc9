"""What a household has picked so far. It stands in the address: nothing is stored before it is confirmed.

    shop=both&health=p1.p2~12345MA0010001&health=p3&dental=p1.p2.p3&use=50

Each `health` or `dental` is a group of people (their keys) who go into one plan together, and the plan once it is
picked. `use` is the percentage of the tax credit to take in advance; `from`, where there is a choice, the first day.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from django.http import QueryDict

from openhix.enrollment.choices import ALL
from openhix.enrollment.models import Kind
from openhix.kernel import percent

SHOP = {"health": (Kind.HEALTH,), "dental": (Kind.DENTAL,), "both": (Kind.HEALTH, Kind.DENTAL)}
STARTS = "from"
NOT_NOW = "0"  # of the form: this person goes into no plan of this kind

_GROUP = re.compile(r"(?P<people>p\d+(?:\.p\d+)*)(?:~(?P<plan>\w{1,20}))?", re.ASCII)
_PICK = re.compile(r"(?P<kind>health|dental)\.(?P<number>\d{1,3})\.(?P<plan>\w{1,20})", re.ASCII)


@dataclass(frozen=True)
class Group:
    """People (keys) who go into one plan together; the plan's id once it is picked."""

    people: tuple[str, ...]
    plan: str = ""

    @property
    def text(self) -> str:
        return ".".join(self.people) + (f"~{self.plan}" if self.plan else "")


@dataclass(frozen=True)
class Basket:
    """`shop`: the type of coverage to shop for. `use_typed` is the part of the credit as it was typed.

    `starts`: the first day of a health plan that was picked among several, as 2026-04-01; empty for the earliest.
    `arranged`: what was typed changed groups or picked a plan, so the page's address is to follow.
    """

    shop: str
    groups: Mapping[str, tuple[Group, ...]]
    share: int = ALL
    use_typed: str = ""
    use_error: bool = False
    arranged: bool = field(default=False, compare=False)
    starts: str = ""

    @classmethod
    def read(cls, typed: QueryDict, buyers: Mapping[str, Iterable[tuple[str, ...]]], starts: str = "") -> Basket:
        """`starts`: the first day that was picked, if it is one that can be had. `buyers`: for each kind that is sold
        today, who can buy it, as the groups in which they usually go.

        Who cannot buy is left out, and nobody stands in two groups; a kind that says nothing has the usual groups.
        """
        shop = typed.get("shop", "")
        if shop not in SHOP:
            shop = "both" if set(buyers) == {*Kind.values} and buyers[Kind.HEALTH] else Kind.DENTAL.value
        groups: dict[str, tuple[Group, ...]] = {}
        arranged = False
        for kind, usual in buyers.items():
            usual = tuple(usual)
            may = [key for group in usual for key in group]
            told = _told(typed.getlist(kind), may) if kind in typed else tuple(map(Group, usual))
            chosen = {key: typed.get(f"{kind}-{key}", "") for key in may if f"{kind}-{key}" in typed}
            groups[kind] = _arranged(chosen, told) if chosen else told
            arranged |= bool(chosen)
        share, error = _share(typed.get("use", ""))
        basket = cls(shop, groups, share, typed.get("use", "")[:20], error, arranged, starts)
        return basket._picking(typed.get("pick", "")) if "pick" in typed else basket

    @property
    def kinds(self) -> list[str]:
        """The kinds that are shopped for and sold today, in order."""
        return [kind.value for kind in SHOP[self.shop] if kind.value in self.groups]

    @property
    def fields(self) -> list[tuple[str, str]]:
        """All of it as fields of a form or address. Nobody in any plan of a kind is said too: an empty field."""
        said = [("shop", self.shop)]
        for kind, groups in self.groups.items():
            said += [(kind, group.text) for group in groups] or [(kind, "")]
        if self.starts:
            said.append((STARTS, self.starts))
        return said if self.share == ALL else [*said, ("use", percent.text(self.share))]

    @property
    def fields_but_use(self) -> list[tuple[str, str]]:
        return [each for each in self.fields if each[0] != "use"]

    @property
    def use(self) -> str:
        """The part of the credit for its field: as typed, or `50`, `33.33`."""
        return self.use_typed or percent.text(self.share).removesuffix(".00")

    @property
    def query(self) -> str:
        return urlencode(self.fields)

    def _picking(self, text: str) -> Basket:
        """`health.1.12345MA0010001`: the first group of health plans picks a plan."""
        found = _PICK.fullmatch(text)
        groups = list(self.groups.get(found["kind"], ())) if found else []
        if found is None or not 1 <= int(found["number"]) <= len(groups):
            return self
        at = int(found["number"]) - 1
        groups[at] = replace(groups[at], plan=found["plan"])
        return replace(self, groups={**self.groups, found["kind"]: tuple(groups)}, arranged=True)


def _told(texts: Iterable[str], may: Iterable[str]) -> tuple[Group, ...]:
    free, groups = dict.fromkeys(may), []
    for found in filter(None, map(_GROUP.fullmatch, texts)):
        people = tuple(key for key in dict.fromkeys(found["people"].split(".")) if key in free)
        for key in people:
            del free[key]
        if people:
            groups.append(Group(people, found["plan"] or ""))
    return tuple(groups)


def _arranged(chosen: Mapping[str, str], before: Iterable[Group]) -> tuple[Group, ...]:
    """New groups by the number that each person was given; one whose people are the same keeps its plan."""
    plans = {group.people: group.plan for group in before}
    numbers = sorted({number for number in chosen.values() if number != NOT_NOW})
    people = [tuple(key for key, number in chosen.items() if number == each) for each in numbers]
    return tuple(Group(each, plans.get(each, "")) for each in people)


def _share(typed: str) -> tuple[int, bool]:
    """Hundredths of a percent, and whether what was typed is none from 0 to 100. Nothing typed: all of it."""
    text = typed.strip().removesuffix("%").strip()
    if not text:
        return ALL, False
    try:
        share = percent.parse(text)
    except ValueError:
        return ALL, True
    return (share, False) if 0 <= share <= ALL else (ALL, True)
