"""Who is who in a household file: roles, claims, marriages and parents by person_id; what cannot be is refused."""

from __future__ import annotations

from itertools import permutations

import pytest

from openhix.eligibility.tests.household_files import ANA, BEN, HEADER, Ask, Done, lines

KIN = f"{HEADER},claimed_by,parents,spouse,relationship"


def household(*people: str) -> list[str]:
    """`ana 1985 filer 30000` and what else is said: `claimed_by=ana`. The first one tells the ZIP code."""
    rows = []
    for at, each in enumerate(people):
        name, year, role, income, *said = each.split()
        more = dict(one.split("=") for one in said)
        assert more.keys() <= {"claimed_by", "parents", "spouse", "relationship"}
        told = [more.get(column, "") for column in ("claimed_by", "parents", "spouse", "relationship")]
        rows.append(",".join(["1", name, f"{year}-06-30", "" if at else "02118", role, income, *told]))
    return rows


def asked(ask: Ask, *people: str) -> Done:
    return ask(lines(*household(*people), BEN + ",,,,", header=KIN))


def sizes(ask: Ask, *people: str) -> list[str]:
    """Of each person the size of the MassHealth household and of the tax household: `3/2`."""
    done = asked(ask, *people)
    assert done.errors == []
    return [f"{row['magi_household_size']}/{row['tax_household_size']}" for row in done.answers[:-1]]


@pytest.mark.parametrize(
    ("people", "expected"),
    [
        (["ana 1985 filer 0", "eva 1987 joint_filer 0", "kim 2015 dependent 0"], ["3/3", "3/3", "3/3"]),
        (["kim 2015 dependent 0", "eva 1987 joint_filer 0", "ana 1985 filer 0"], ["3/3", "3/3", "3/3"]),
        (["ana 1985 filer 0", "eva 1987 not_filing 0"], ["1/1", "1/1"]),
        (["ana 1985 filer 0", "eva 1987 not_filing 0 spouse=ana"], ["2/1", "2/1"]),
        (["ana 1985 filer 0", "eva 1987 not_filing 0 relationship=spouse"], ["2/1", "2/1"]),
        (["ana 1985 filer 0 spouse=eva", "eva 1987 separate_filer 0"], ["2/1", "2/1"]),
        (["ana 1985 filer 0", "eva 1987 separate_filer 0 relationship=spouse"], ["2/1", "2/1"]),
        (["ana 1985 filer 0", "eva 1987 filer 0", "kim 2015 dependent 0 claimed_by=eva"], ["1/1", "2/2", "2/2"]),
        (
            ["ana 1985 filer 0", "eva 1987 filer 0", "kim 2015 dependent 0 claimed_by=eva parents=ana;eva"],
            ["1/1", "2/2", "3/2"],
        ),
        (["ana 1985 filer 0", "kim 2015 dependent 0 claimed_by=outside parents=ana"], ["1/1", "2/1"]),
        (["kim 2008 dependent 0 claimed_by=OUTSIDE"], ["1/1"]),
        (["ana 1985 filer 0", "pat 1950 dependent 0 relationship=other"], ["2/2", "1/2"]),
        (["ana 1985 filer 0", "pat 1950 dependent 0"], ["2/2", "2/2"]),
        (["ana 1985 not_filing 0", "kim 2015 not_filing 0 parents=ana"], ["2/1", "2/1"]),
        (["ana 1985 not_filing 0 relationship=self", "kim 2015 not_filing 0 relationship=child"], ["2/1", "2/1"]),
        (["ana 1985 filer 0", "kim 2010 dependent 0 parents=ana", "niece 2012 dependent 0"], ["3/3", "3/3", "1/3"]),
        (
            ["gran 1960 filer 0", "mum 2005 dependent 0 parents=gran", "baby 2025 dependent 0 parents=mum"],
            ["3/3", "3/3", "2/3"],
        ),
        (
            [
                *("ana 1985 filer 0", "eva 1987 joint_filer 0 spouse=ana", "bob 1985 filer 0"),
                *("zoe 1987 joint_filer 0 spouse=bob", "kim 2015 dependent 0 claimed_by=zoe"),
            ],
            ["2/2", "2/2", "3/3", "3/3", "3/3"],
        ),
    ],
)
def test_households_of_all_kinds(ask: Ask, people: list[str], expected: list[str]) -> None:
    assert sizes(ask, *people) == expected


def test_a_step_parent_is_a_parent(ask: Ask) -> None:
    """Claimed by the step-parent alone, who files apart: both parents live here and do not file together."""
    people = ["ana 1985 separate_filer 0", "bob 1987 separate_filer 0 spouse=ana", "kim 2015 dependent 0"]
    assert sizes(ask, *people[:2], f"{people[2]} claimed_by=bob parents=ana") == ["2/1", "3/2", "3/2"]


@pytest.mark.parametrize(
    ("people", "errors"),
    [
        (
            ["ana 1985 filer 0", "kim 2015 dependent 0 claimed_by=ann"],
            [(3, "claimed_by", "'ann' is not the person_id of anyone in this household.")],
        ),
        (
            ["ana 1985 filer 0", "kim 2015 dependent 0 claimed_by=ben"],
            [(3, "claimed_by", "'ben' is not the person_id of anyone in this household.")],
        ),
        (
            ["ana 1985 filer 0", "kim 2015 dependent 0 claimed_by=kim"],
            [(3, "claimed_by", "Nobody is named here on his own row.")],
        ),
        (
            ["ana 1985 dependent 0 claimed_by=kim", "kim 2015 dependent 0 claimed_by=ana"],
            [
                (2, "claimed_by", "'kim' is a dependent too, and a dependent claims nobody."),
                (3, "claimed_by", "'ana' is a dependent too, and a dependent claims nobody."),
            ],
        ),
        (
            ["eva 1970 filer 0", "ana 1990 dependent 0 claimed_by=eva", "kim 2015 dependent 0 claimed_by=ana"],
            [(4, "claimed_by", "'ana' is a dependent too, and a dependent claims nobody.")],
        ),
        (
            ["ana 1985 not_filing 0", "kim 2015 dependent 0 claimed_by=ana"],
            [(3, "claimed_by", "'ana' files no tax return, so claims nobody.")],
        ),
        (
            ["ana 1985 filer 0", "eva 1985 filer 0", "kim 2015 dependent 0 claimed_by=ana;eva"],
            [(4, "claimed_by", "A dependent is claimed once: name one person.")],
        ),
        (
            ["ana 1985 filer 0", "eva 1985 filer 0", "kim 2015 dependent 0"],
            [
                (
                    4,
                    "claimed_by",
                    "There are several tax returns here: write who claims this person, a person_id or outside.",
                )
            ],
        ),
        (
            ["ana 1985 filer 0 claimed_by=outside"],
            [(2, "claimed_by", "Only a dependent is claimed: leave this blank, or make the tax_role dependent.")],
        ),
        (
            ["ana 1985 filer 0", "eva 1985 dependent 0 claimed_by=ana spouse=ana"],
            [(3, "claimed_by", "A spouse is never a dependent of the other spouse.")],
        ),
        (["kim 2015 dependent 0"], [(2, "tax_role", "Nobody in this household is the filer.")]),
        (
            ["kim 2015 not_filing 0", "eva 1985 joint_filer 0"],
            [(2, "tax_role", "Nobody in this household is the filer.")],
        ),
        (
            ["ana 1985 filer 0", "eva 1985 joint_filer 0", "zoe 1985 joint_filer 0"],
            [(2, "tax_role", "More people of this household file jointly than there are filers to file with.")],
        ),
        (
            ["ana 1985 filer 0", "bob 1985 filer 0", "eva 1985 joint_filer 0"],
            [(4, "spouse", "Say with whom this person files jointly: write the person_id of the filer here.")],
        ),
        (
            ["ana 1985 filer 0", "bob 1985 not_filing 0", "eva 1985 joint_filer 0 spouse=bob"],
            [(4, "spouse", "A joint_filer files with a spouse who is the filer of their tax return.")],
        ),
        (
            ["ana 1985 filer 0 spouse=eva", "eva 1985 filer 0", "zoe 1985 filer 0 spouse=eva"],
            [
                (2, "spouse", "This person's spouse is married to someone else of this household."),
                (4, "spouse", "This person's spouse is married to someone else of this household."),
            ],
        ),
        (
            ["ana 1985 filer 0 spouse=ana"],
            [(2, "spouse", "Nobody is named here on his own row.")],
        ),
        (
            ["ana 1985 filer 0 spouse=zoe"],
            [(2, "spouse", "'zoe' is not the person_id of anyone in this household.")],
        ),
        (
            ["ana 1985 filer 0", "kim 2015 dependent 0 parents=ana;zoe"],
            [(3, "parents", "'ana;zoe' is not the person_id of anyone in this household.")],
        ),
        (
            ["ana 1985 filer 0", "kim 2015 dependent 0 parents=kim"],
            [(3, "parents", "Nobody is named here on his own row.")],
        ),
        (
            ["ana 1985 filer 0", "kim 2015 dependent 0 parents=ana;ana"],
            [(3, "parents", "One parent is named twice.")],
        ),
        (
            ["ana 1985 filer 0", "eva 1985 filer 0", "zoe 1985 filer 0", "kim 2015 not_filing 0 parents=ana;eva;zoe"],
            [(5, "parents", "Name two parents at most.")],
        ),
        (
            ["ana 1985 filer 0 parents=kim", "kim 2015 dependent 0 parents=ana"],
            [(2, "parents", "Two people of this household are each other's parents.")],
        ),
        (
            ["ana 1985 filer 0", "eva 1985 joint_filer 0 parents=kim", "kim 2015 dependent 0 parents=ana"],
            [
                (3, "parents", "Two people of this household are each other's parents."),
                (4, "parents", "Two people of this household are each other's parents."),
            ],
        ),
        (
            ["ana 1985 filer 0 spouse=eva parents=eva", "eva 1985 joint_filer 0"],
            [(2, "parents", "A spouse is named as a parent.")],
        ),
        (
            ["ana 1985 not_filing 0", "kim 2015 not_filing 0 relationship=child"],
            [(3, "relationship", "Say in the column parents whose child this is.")],
        ),
        (
            ["ana 1985 not_filing 0", "eva 1985 not_filing 0 relationship=spouse"],
            [(3, "relationship", "Say in the column spouse to whom this person is married.")],
        ),
        (
            ["outside 1985 filer 0", "kim 2015 dependent 0 claimed_by=outside"],
            [(2, "person_id", "In the column claimed_by outside is someone else: give this person another id.")],
        ),
    ],
)
def test_what_cannot_be_is_refused_with_row_column_and_reason(
    ask: Ask, people: list[str], errors: list[tuple[int, str, str]]
) -> None:
    done = asked(ask, *people)
    assert done.computed == ["2 ben"]
    assert [each for each in done.errors if each[1] != "household_id"][: len(errors)] == errors
    assert len(done.errors) == len(people)


@pytest.mark.parametrize(
    ("tax_role", "relationship", "taken"),
    [
        ("dependent", "child", True),
        ("dependent", "other", True),
        ("dependent", "Other", True),
        ("dependent", "", True),
        ("dependent", "spouse", False),
        ("dependent", "self", False),
        ("dependent", "cousin", False),
        ("joint_filer", "spouse", True),
        ("joint_filer", "child", False),
        ("separate_filer", "spouse", True),
        ("separate_filer", "self", True),
        ("not_filing", "other", True),
        ("not_filing", "child", True),
        ("filer", "child", True),
        ("joint_filer", "self", False),
    ],
)
def test_the_relationship_goes_with_the_tax_role(ask: Ask, tax_role: str, relationship: str, taken: bool) -> None:
    rows = (ANA + ",self", f"1,eva,1987-06-30,,{tax_role},0,{relationship}")
    done = ask(lines(*rows, header=HEADER + ",relationship"))
    assert (len(done.answers) == 2) == taken
    assert taken or done.reasons() == [(2, "household_id"), (3, "relationship")]


def test_the_only_one_who_files_is_self(ask: Ask) -> None:
    assert ask(lines(ANA + ",child", header=HEADER + ",relationship")).reasons() == [(2, "relationship")]


def test_the_new_columns_left_blank_change_nothing(ask: Ask) -> None:
    people = ["ana 1985 filer 60000", "eva 1987 joint_filer 0", "kim 2015 dependent 17000", "pat 1950 dependent 9000"]
    plain = [",".join(row.split(",")[:6]) for row in household(*people)]
    assert ask(lines(*household(*people), header=KIN)).answers == ask(lines(*plain)).answers


def test_the_order_of_rows_changes_no_answer(ask: Ask) -> None:
    people = [
        "ana 1985 filer 30000 spouse=eva",
        "eva 1987 separate_filer 20000",
        "kim 2010 dependent 0 claimed_by=eva parents=ana;eva",
        "pat 1950 not_filing 9000",
    ]
    first = {row["person_id"]: row for row in asked(ask, *people).answers}
    for order in permutations(people):
        done = asked(ask, *order)
        assert done.computed[:-1] == [f"1 {each.split()[0]}" for each in order]
        assert {row["person_id"]: row for row in done.answers} == first


def test_a_fact_of_a_tax_return_stands_on_any_of_its_rows_and_holds_for_it_alone(ask: Ask) -> None:
    rows = household("ana 1985 filer 30000", "bob 1985 filer 30000", "kim 2015 dependent 0 claimed_by=ana")
    told = [f"{row},{cell}" for row, cell in zip(rows, ("", "900", "500"), strict=True)]
    done = ask(lines(*told, header=f"{KIN},benchmark_premium"))
    assert done.errors == []
    assert done.column("benchmark_premium") == ["500.00", "900.00", "500.00"]
    told[0] += "1"
    done = ask(lines(*told, header=f"{KIN},benchmark_premium"))
    assert done.errors[-1] == (4, "benchmark_premium", "'500' differs from an earlier row of this tax return.")
