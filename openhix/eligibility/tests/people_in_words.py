"""The people of a household as the case tables write them: `filer 40 $60,000; child 17 expecting 1; nonfiler 30`.

Each person is a role, an age or `born` and a date, an income (not told: none), and words for what else is so. In the
order in which they are told people are called a, b, c ...: `child of a+b`, `claimed by a`, `married to a` say what the
roles do not. Without them a spouse is married to the first who files; a child is the child of all who file and an
other of none of them, both claimed by the first who files; a nonfiler has no kin.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from string import ascii_lowercase

import numpy as np

from openhix.eligibility import queries
from openhix.eligibility.rules.people import NOBODY, OUTSIDE, Immigration, OtherCoverage, TaxRole
from openhix.kernel import cents
from openhix.kernel.facts import Array, Column, Ints
from openhix.kernel.story import YES_NO

ROLES = {
    "filer": TaxRole.FILER,
    "spouse": TaxRole.JOINT_FILER,
    "separate": TaxRole.SEPARATE_FILER,
    "child": TaxRole.DEPENDENT,
    "other": TaxRole.DEPENDENT,
    "outside": TaxRole.DEPENDENT,
    "nonfiler": TaxRole.NOT_FILING,
}
FILE = (TaxRole.FILER, TaxRole.JOINT_FILER, TaxRole.SEPARATE_FILER)
_PERSON = re.compile(
    rf"(?P<role>{'|'.join(ROLES)}) (?:born (?P<born>\d{{4}}-\d{{2}}-\d{{2}})|(?P<age>\d+))(?: \$(?P<income>[\d,.]+))?"
)


@dataclass
class Someone:
    """One person as told; positions are None where the words leave them to the default."""

    role: str
    born: str | None
    age: str | None
    income: int
    spouse: int | None = None
    claimed_by: int | None = None
    parents: tuple[int, ...] | None = None
    facts: dict[str, int] = field(default_factory=dict)

    @property
    def tax_role(self) -> TaxRole:
        return ROLES[self.role]


def _fact(name: str, value: int) -> Callable[[Someone, str], None]:
    return lambda person, _text: person.facts.update({name: value})


def _money(name: str) -> Callable[[Someone, str], None]:
    return lambda person, text: person.facts.update({name: cents.parse(text)})


def _married(person: Someone, text: str) -> None:
    person.spouse = ascii_lowercase.index(text)


def _claimed(person: Someone, text: str) -> None:
    person.claimed_by = ascii_lowercase.index(text)


def _born_to(person: Someone, text: str) -> None:
    person.parents = tuple(ascii_lowercase.index(each) for each in text.split("+"))


# What may follow, in any order.
WORDS: dict[str, Callable[[Someone, str], None]] = {
    r"expecting (\d)": lambda person, text: person.facts.update(expecting=int(text)),
    "qualified": _fact("immigration", Immigration.QUALIFIED),
    "barred": _fact("immigration", Immigration.QUALIFIED_BARRED),
    "lawful": _fact("immigration", Immigration.LAWFULLY_PRESENT),
    "prucol": _fact("immigration", Immigration.PRUCOL),
    "undocumented": _fact("immigration", Immigration.OTHER),
    "disabled": _fact("disabled", True),
    "foster": _fact("former_foster_care", True),
    "caretaker": _fact("caretaker", True),
    "tribal": _fact("tribal_member", True),
    "jailed": _fact("incarcerated", True),
    "away": _fact("resident", False),
    "not applying": _fact("applying", False),
    "excused": _fact("separate_return_excused", True),
    r"offer \$([\d,.]+)": _money("employer_offer"),
    r"family offer \$([\d,.]+)": _money("employer_family_offer"),
    "medicare": _fact("other_coverage", OtherCoverage.MEDICARE),
    "tricare": _fact("other_coverage", OtherCoverage.TRICARE),
    "va": _fact("other_coverage", OtherCoverage.VA),
    "insured": _fact("other_coverage", OtherCoverage.OTHER),
    r"month \$([\d,.]+)": _money("monthly_income"),
    r"unearned \$([\d,.]+)": _money("unearned_income"),
    r"benefits \$([\d,.]+)": _money("social_security"),
    r"married to ([a-z])": _married,
    r"claimed by ([a-z])": _claimed,
    r"child of ([a-z](?:\+[a-z])?)": _born_to,
}
_WORD = re.compile("|".join(f"(?:{each})" for each in sorted(WORDS, key=len, reverse=True)))


def columns(words: str) -> dict[str, Array | Column]:
    """What the words give, a row a person in the order in which they are told; a fact said of nobody is left out."""
    people = [_someone(each.strip()) for each in words.split(";")]
    told: dict[str, Array | Column] = {
        "tax_role": _ints(each.tax_role for each in people),
        "annual_income": _ints(each.income for each in people),
        "expecting": _ints(each.facts.pop("expecting", 0) for each in people),
        **_kin(people),
        **_ages(people, words),
    }
    for name in sorted({name for each in people for name in each.facts}):
        known = np.array([name in each.facts for each in people])
        values = np.array([each.facts.get(name, False) for each in people])  # yes and no stay yes and no
        told[name] = Column(values, known)
    return told


def typed(name: str, values: Sequence[int]) -> Array:
    """The values of a fact as its column holds them."""
    return np.array(values, dtype=np.bool_ if queries.rulebook().fact(name).unit == YES_NO else np.int64)


def _someone(words: str) -> Someone:
    found = _PERSON.match(words)
    assert found, f"{words!r} is not a person in words"
    person = Someone(found["role"], found["born"], found["age"], cents.parse(found["income"] or "0"))
    rest = words[found.end() :].strip()
    while rest:
        word = _WORD.match(rest)
        assert word, f"{rest!r} in {words!r} is not a word for a person"
        for pattern, say in WORDS.items():
            if said := re.fullmatch(pattern, word[0]):
                say(person, said[1] if said.groups() else "")
                break
        rest = rest[word.end() :].strip()
    return person


def _ages(people: list[Someone], words: str) -> dict[str, Array]:
    if all(each.born for each in people):
        return {"birth_date": np.array([each.born for each in people], dtype="datetime64[D]")}
    assert all(each.age for each in people), f"{words!r}: say the age of everyone, or the date of birth"
    return {"age": _ints(int(each.age or 0) for each in people)}


def _kin(people: list[Someone]) -> dict[str, Array]:
    filers = sorted((at for at, each in enumerate(people) if each.tax_role in FILE), key=lambda at: people[at].tax_role)
    first = filers[0] if filers else NOBODY
    spouses = [each.spouse if each.spouse is not None else NOBODY for each in people]
    for at, each in enumerate(people):
        if each.role in ("spouse", "separate") and each.spouse is None and at != first and spouses[first] == NOBODY:
            spouses[at] = first
        if spouses[at] != NOBODY:
            spouses[spouses[at]] = at
    parents = [_parents(each, filers) for each in people]
    return {
        "claimed_by": _ints(_claimant(each, first) for each in people),
        "spouse": _ints(spouses),
        "first_parent": _ints(one for one, _other in parents),
        "second_parent": _ints(other for _one, other in parents),
    }


def _claimant(person: Someone, first: int) -> int:
    if person.tax_role != TaxRole.DEPENDENT:
        return NOBODY
    if person.role == "outside":
        return OUTSIDE
    return first if person.claimed_by is None else person.claimed_by


def _parents(person: Someone, filers: list[int]) -> tuple[int, int]:
    told = person.parents
    if told is None:
        told = tuple(filers[:2]) if person.role == "child" else ()
    one, other = (*told, NOBODY, NOBODY)[:2]
    return one, other


def _ints(values: Iterable[int]) -> Ints:
    return np.fromiter((int(each) for each in values), dtype=np.int64)
