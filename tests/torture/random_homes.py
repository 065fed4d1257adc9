"""Random households as a file tells of them: of every role, status and kin, about where the law's limits are."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from random import Random

from tests.torture.plain_household import OUTSIDE, Somebody

MONTHS = (date(2025, 1, 1), date(2025, 3, 1), date(2025, 12, 1), date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1))
AGES = (0, 1, 2, 10, 17, 18, 19, 20, 21, 25, 26, 29, 30, 40, 63, 64, 65, 66, 90)
LIMITS = (0, 50, 100, 133, 138, 150, 155, 200, 205, 250, 255, 300, 305, 400, 500)
GUIDELINES = ((15_060, 5_380), (15_650, 5_500), (15_960, 5_680))
OWN_LIMITS = (1_350, 13_850, 14_600, 15_300, 15_650, 15_750, 16_100, 17_750, 18_150)
STATUSES = ("citizen", "citizen", "citizen", "qualified", "qualified_barred", "lawfully_present", "prucol", "other")


def household(chance: Random) -> list[Somebody]:
    """One to seven people: perhaps a couple, perhaps another, their children, and others of any kind."""
    ids = [f"p{at}" for at in range(chance.choice((1, 1, 2, 2, 3, 3, 4, 5, 7)))]
    people = {id: Somebody(id, chance.choice(AGES), "not_filing") for id in ids}
    _marry(people, chance)
    for at, id in enumerate(ids):
        _role(people, id, chance)
        _parents(people, ids[:at], id, chance)
    for id in ids:
        _claim(people, id, chance)
    for id in ids:
        people[id] = _told(people[id], len(ids), chance)
    told = list(people.values())
    chance.shuffle(told)
    return told


def _marry(people: dict[str, Somebody], chance: Random) -> None:
    free = [id for id, each in people.items() if each.age >= 18]
    while len(free) >= 2 and chance.random() < 0.6:
        one, other = free.pop(0), free.pop(0)
        people[one], people[other] = replace(people[one], spouse=other), replace(people[other], spouse=one)


def _role(people: dict[str, Somebody], id: str, chance: Random) -> None:
    """Spouses file together, apart or not at all; one of a couple who file together is the filer."""
    person = people[id]
    if person.spouse is None:
        role = chance.choice(("filer", "filer", "dependent", "dependent", "not_filing"))
    elif people[person.spouse].role == "filer":
        role = "joint_filer"
    elif people[person.spouse].role == "not_filing" and person.spouse < id:
        role = chance.choice(("separate_filer", "not_filing"))
    else:
        role = chance.choice(("filer", "filer", "separate_filer", "not_filing"))
    people[id] = replace(person, role=role)


def _parents(people: dict[str, Somebody], before: list[str], id: str, chance: Random) -> None:
    """Among who was told before, neither the spouse nor somebody whose parents' line comes back."""
    mine = people[id]
    possible = [each for each in before if each != mine.spouse and (mine.spouse is None or each < mine.spouse)]
    if possible and chance.random() < 0.7:
        first = chance.choice(possible)
        others = [each for each in possible if each != first]
        second = (
            [people[first].spouse] if people[first].spouse in others else chance.sample(others, min(len(others), 1))
        )
        parents = (first, *second) if chance.random() < 0.6 else (first,)
        people[id] = replace(mine, parents=tuple(each for each in parents if each))


def _claim(people: dict[str, Somebody], id: str, chance: Random) -> None:
    person = people[id]
    if person.role != "dependent":
        return
    filers = [each.id for each in people.values() if each.role in ("filer", "joint_filer", "separate_filer")]
    near = [each for each in filers if each in person.parents]
    claimed_by = chance.choice([*near * 4, *filers, OUTSIDE])
    people[id] = replace(person, claimed_by=claimed_by)


def _told(person: Somebody, size: int, chance: Random) -> Somebody:
    def seldom(share: float = 0.1) -> bool:
        return chance.random() < share

    annual = 0 if chance.random() < 0.35 else _income(size, chance)
    return replace(
        person,
        annual=annual,
        monthly=(chance.choice((0, annual // 12, annual // 6, _income(size, chance) // 12)) if seldom(0.15) else None),
        unearned=chance.choice((annual, annual // 2, 135_000, 135_001, 335_000)) if seldom(0.2) else 0,
        social_security=chance.choice((annual, annual // 2, 1_000_000)) if seldom(0.1) else 0,
        expecting=chance.choice((1, 1, 2)) if seldom() and person.age >= 10 else 0,
        applying=not seldom(),
        immigration=chance.choice(STATUSES),
        resident=not seldom(0.03),
        incarcerated=seldom(0.03),
        disabled=seldom(0.15),
        foster=seldom(0.05),
        tribal=seldom(0.05),
        caretaker=seldom(0.05),
        offer=_price(annual, chance) if seldom(0.15) else None,
        family_offer=_price(annual, chance) if seldom() else None,
        other_coverage=chance.choice(("medicare", "tricare", "va", "other")) if seldom() else "none",
        excused=seldom(),
    )


def _income(size: int, chance: Random) -> int:
    """Cents: any, or at or beside a limit for a household of about this size, or what a dependent may have."""
    kind = chance.random()
    if kind < 0.3:
        return chance.randrange(0, 20_000_000)
    if kind < 0.4:
        return chance.choice(OWN_LIMITS) * 100 + chance.choice((-1, 0, 1))
    first, more = chance.choice(GUIDELINES)
    of = max(size + chance.choice((-1, 0, 0, 0, 1)), 1)
    return max((first + more * (of - 1)) * chance.choice(LIMITS) + chance.choice((-1, 0, 1)), 0)


def _price(annual: int, chance: Random) -> int:
    """Of an offer from a job: about as dear as is affordable."""
    return max(annual * chance.choice((902, 996)) // 120_000 + chance.choice((-100, 0, 1, 100)), 0)


def row(number: int, person: Somebody, month: date, zip_code: str, county: str) -> dict[str, str | None]:
    """As it stands in a file."""
    born = date(month.year - person.age, month.month, 1)
    answers = {"applying": person.applying, "resident": person.resident, "incarcerated": person.incarcerated}
    flags = {"disabled": person.disabled, "former_foster_care": person.foster, "tribal_member": person.tribal}
    return {
        "household_id": f"h{number}",
        "person_id": person.id,
        "birth_date": str(born),
        "zip": zip_code,
        "county": county,
        "tax_role": person.role,
        "annual_income": _dollars(person.annual),
        "monthly_income": _dollars(person.monthly),
        "unearned_income": _dollars(person.unearned),
        "social_security": _dollars(person.social_security),
        "caretaker": "yes" if person.caretaker else "no",
        "pregnant": str(person.expecting),
        "claimed_by": person.claimed_by,
        "spouse": person.spouse,
        "parents": ";".join(person.parents) or None,
        "relationship": None if person.parents or person.role != "dependent" else "other",
        "immigration": person.immigration,
        "employer_offer": _dollars(person.offer),
        "employer_family_offer": _dollars(person.family_offer),
        "other_coverage": person.other_coverage,
        "separate_return_excused": "yes" if person.excused else "no",
        **{name: "yes" if said else "no" for name, said in {**answers, **flags}.items()},
    }


def _dollars(cents: int | None) -> str | None:
    return None if cents is None else f"{cents // 100}.{cents % 100:02}"
