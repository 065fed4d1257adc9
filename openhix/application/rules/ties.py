"""Who is parent of whom, who is married to whom, and who takes care of a child: as told, or as relationships say.

Everyone's relationship is that to the first person. Where this leaves open what decides about MassHealth (42 CFR
435.603(f), 130 CMR 506.002), the page on family ties asks.
"""

from __future__ import annotations

from datetime import date
from itertools import combinations

from openhix.application.answers import Answers, PersonAnswers, Relationship, TaxRole
from openhix.kernel import periods

PARENT_OLDER_BY = 12  # years: who is less older than a child is not taken for a parent; assumed
CHILD_UNDER = 19  # 130 CMR 501.001: years of age; who is younger on the first day of the plan year is asked about
MAY_MARRY_FROM = 16  # years of age, assumed
MOST_PARENTS = 2

_OF_OWN = (Relationship.CHILD, Relationship.STEPCHILD)
_FIRST = (Relationship.SELF, Relationship.SPOUSE)
# Of whom the relationship leaves open who the parents are, and who of the others may be one.
_MAY_BE_PARENTS: dict[Relationship, tuple[Relationship, ...]] = {
    Relationship.CHILD: (Relationship.OTHER,),
    Relationship.STEPCHILD: (Relationship.OTHER,),
    Relationship.GRANDCHILD: (*_OF_OWN, Relationship.OTHER),
    Relationship.OTHER: (*_OF_OWN, Relationship.SIBLING, Relationship.OTHER),
}


def partner(person: PersonAnswers, answers: Answers) -> PersonAnswers | None:
    """The other one of a joint return. Where it was not said, it is the only one who files as FILER."""
    if person.files_with:
        return next((each for each in answers.people if each.key == person.files_with), None)
    if person.tax_role != TaxRole.JOINT_FILER:
        return None
    filers = [each for each in answers.people if each.tax_role == TaxRole.FILER]
    return filers[0] if len(filers) == 1 else None


def are_married(one: PersonAnswers, other: PersonAnswers) -> bool:
    """As far as the application says: the first person and the one who is called the spouse."""
    return {one.relationship, other.relationship} == {Relationship.SELF, Relationship.SPOUSE}


def may_be_married(one: PersonAnswers, other: PersonAnswers) -> bool:
    """The first person is married to the spouse alone; of the others the application does not say."""
    either = {one.relationship, other.relationship}
    return are_married(one, other) or not either & {Relationship.SELF, Relationship.SPOUSE}


def parents(person: PersonAnswers, answers: Answers) -> list[str]:
    """Keys of the parents (natural, adoptive or step) who are on the application, at most two."""
    told = [key for key in person.parents or [] if key in {each.key for each in possible_parents(person, answers)}]
    return [*by_relationship(person, answers), *told][:MOST_PARENTS]


def spouse(person: PersonAnswers, answers: Answers) -> str:
    """The key of the spouse who is on the application, or "": of the first person, of a joint return, or as told."""
    joint = partner(person, answers) or next(
        (each for each in answers.people if partner(each, answers) is person), None
    )
    if joint is not None:
        return joint.key
    married = (each.key for each in answers.people if each is not person and are_married(person, each))
    told = person.married_to if person in unsure_of_spouse(answers) else ""
    return next(married, "") or told or ""


def caretaker_of(person: PersonAnswers, answers: Answers) -> str:
    """The key of the relative who takes care of a child none of whose parents is here, or ""."""
    return person.caretaker if is_child(person, answers) and not parents(person, answers) else ""


def is_child(person: PersonAnswers, answers: Answers) -> bool:
    born = person.birth_date
    return born is not None and periods.age_on(born, date(answers.plan_year, 1, 1)) < CHILD_UNDER


def by_relationship(person: PersonAnswers, answers: Answers) -> list[str]:
    """The first person's children are the spouse's too, by birth or as stepchildren; so are those of a parent."""
    if person.relationship in _OF_OWN:
        return [each.key for each in answers.people if each.relationship in _FIRST]
    if person.relationship in (Relationship.SELF, Relationship.SIBLING):
        return [each.key for each in answers.people if each.relationship == Relationship.PARENT]
    return []


def possible_parents(person: PersonAnswers, answers: Answers) -> list[PersonAnswers]:
    """Who else may be a parent of this person, as far as relationships and ages go."""
    may_be = _MAY_BE_PARENTS.get(person.relationship, ()) if person.relationship else ()
    if len(by_relationship(person, answers)) >= MOST_PARENTS or person.birth_date is None:
        return []
    return [
        each
        for each in answers.people
        if each is not person
        and each.relationship in may_be
        and each.birth_date is not None
        and periods.age_on(each.birth_date, person.birth_date) >= PARENT_OLDER_BY
    ]


def asked_for_parents(answers: Answers) -> list[PersonAnswers]:
    """Of whom it matters: children, and those whom somebody claims who may be a parent."""
    return [
        person
        for person in answers.people
        if (others := possible_parents(person, answers))
        and (is_child(person, answers) or person.claimed_by in {each.key for each in others})
    ]


def unsure_of_spouse(answers: Answers) -> list[PersonAnswers]:
    """Those who may be married to each other without saying so by a joint return. The first person is married to the
    spouse alone."""
    new_year = date(answers.plan_year, 1, 1)
    alone = [
        each
        for each in answers.people
        if each.relationship not in (*_FIRST, None)
        and not each.files_with
        and each.birth_date is not None
        and periods.age_on(each.birth_date, new_year) >= MAY_MARRY_FROM
    ]
    pairs = [pair for pair in combinations(alone, 2) if not _are_near(*pair)]
    return [each for each in alone if any(each is one or each is other for one, other in pairs)]


def _are_near(one: PersonAnswers, other: PersonAnswers) -> bool:
    """Whether the two are surely kin who cannot marry: brothers and sisters, a grandchild and a child and the like."""
    either = {one.relationship, other.relationship}
    return either != {Relationship.PARENT} and Relationship.OTHER not in either


def asked_for_caretaker(answers: Answers) -> list[PersonAnswers]:
    """Children for whom relationships tell no parent."""
    return [
        each
        for each in answers.people
        if each.relationship != Relationship.SELF
        and is_child(each, answers)
        and each.relationship not in _OF_OWN
        and not by_relationship(each, answers)
    ]


def is_asked(answers: Answers) -> bool:
    """Whether anything is open that only the household can tell."""
    return bool(asked_for_parents(answers) or unsure_of_spouse(answers) or asked_for_caretaker(answers))
