"""ConnectorCare as the exchange presented it in its training of fall 2025; each test names its slide."""

from datetime import date

import pytest

from openhix.law.tables import ConnectorCare, Law, MissingLaw, PlanType

IN_2025 = Law(date(2025, 1, 1)).connectorcare
IN_2026 = Law(date(2026, 1, 1)).connectorcare


def row(program: ConnectorCare, code: str) -> PlanType:
    (found,) = (plan_type for plan_type in program.plan_types if plan_type.code == code)
    return found


def test_slide_changes_to_connectorcare_program_for_2026() -> None:
    """Types 1 and 3D end with 2025."""
    assert [plan_type.code for plan_type in IN_2025.plan_types] == ["1", "2A", "2B", "3A", "3B", "3C", "3D"]
    assert [plan_type.code for plan_type in IN_2026.plan_types] == ["2A", "2B", "3A", "3B", "3C"]


@pytest.mark.parametrize(
    ("code", "over", "to", "includes_lower", "dollars_2025", "dollars_2026"),
    [
        ("2A", 100, 150, True, 0, 0),
        ("2B", 150, 200, False, 51, 53),
        ("3A", 200, 250, False, 99, 103),
        ("3B", 250, 300, False, 147, 152),
        ("3C", 300, 400, False, 226, 235),
    ],
)
def test_slide_connectorcare_program_design(
    code: str, over: int, to: int, includes_lower: bool, dollars_2025: int, dollars_2026: int
) -> None:
    plan_type = row(IN_2026, code)
    assert (plan_type.over, plan_type.to, plan_type.includes_lower) == (over * 100, to * 100, includes_lower)
    assert row(IN_2025, code).contribution == dollars_2025 * 100
    assert plan_type.contribution == dollars_2026 * 100


def test_the_types_that_2025_had_besides() -> None:
    """Figures of the ConnectorCare Overview 2025; exactly 100% of the guideline was type 1, not 2A."""
    first, last = row(IN_2025, "1"), row(IN_2025, "3D")
    assert (first.over, first.to, first.includes_lower, first.contribution) == (0, 100_00, True, 0)
    assert (last.over, last.to, last.includes_lower, last.contribution) == (400_00, 500_00, False, 264_00)
    assert not row(IN_2025, "2A").includes_lower


@pytest.mark.parametrize("program", [IN_2025, IN_2026], ids=["2025", "2026"])
def test_each_type_begins_where_the_one_below_it_ends(program: ConnectorCare) -> None:
    ends = [plan_type.to for plan_type in program.plan_types]
    assert [plan_type.over for plan_type in program.plan_types][1:] == ends[:-1]
    assert [plan_type.includes_lower for plan_type in program.plan_types] == [True] + [False] * (len(ends) - 1)


Amount = float | tuple[int, int]

# The slide's rows in its order: types 2A and 2B, then types 3A to 3C; dollars.
PLAN_DESIGNS: list[tuple[str, Amount, Amount]] = [
    ("medical_out_of_pocket_maximum", (750, 1_500), (1_500, 3_000)),
    ("drug_out_of_pocket_maximum", (500, 1_000), (750, 1_500)),
    ("preventive_care", 0, 0),
    ("primary_care", 0, 0),
    ("specialist", 18, 22),
    ("mental_health_outpatient", 0, 0),
    ("speech_therapy", 10, 20),
    ("occupational_and_physical_therapy", 10, 20),
    ("emergency_room", 50, 100),
    ("urgent_care", 18, 22),
    ("outpatient_surgery", 50, 125),
    ("inpatient_hospital", 50, 250),
    ("high_cost_imaging", 30, 60),
    ("laboratory", 0, 0),
    ("x_ray", 0, 0),
    ("skilled_nursing", 0, 0),
    ("generic_drugs", 10, 12.50),
    ("preferred_brand_drugs", 20, 25),
    ("non_preferred_brand_drugs", 40, 50),
    ("specialty_drugs", 40, 50),
]


def in_cents(dollars: Amount) -> int | tuple[int, int]:
    return (dollars[0] * 100, dollars[1] * 100) if isinstance(dollars, tuple) else int(dollars * 100)


@pytest.mark.parametrize("program", [IN_2025, IN_2026], ids=["2025", "2026"])
def test_slide_connectorcare_plan_designs(program: ConnectorCare) -> None:
    low, high = program.cost_sharing("low"), program.cost_sharing("high")
    assert list(low.items()) == [(benefit, in_cents(amount)) for benefit, amount, _ in PLAN_DESIGNS]
    assert list(high.items()) == [(benefit, in_cents(amount)) for benefit, _, amount in PLAN_DESIGNS]


def test_slide_connectorcare_plan_designs_says_whose_they_are() -> None:
    groups = {plan_type.code: plan_type.cost_sharing for plan_type in IN_2026.plan_types}
    assert groups == {"2A": "low", "2B": "low", "3A": "high", "3B": "high", "3C": "high"}


def test_type_1_of_2025_paid_nothing_for_care() -> None:
    amounts = dict(IN_2025.cost_sharing("type_1"))
    assert list(amounts) == [benefit for benefit, _, _ in PLAN_DESIGNS]
    assert amounts.pop("medical_out_of_pocket_maximum") == (0, 0)
    assert amounts.pop("drug_out_of_pocket_maximum") == (250_00, 500_00)
    assert set(amounts.values()) == {0}


def test_type_1_has_no_design_in_2026() -> None:
    with pytest.raises(MissingLaw, match=r"connectorcare_cost_sharing.yaml has no group type_1 for plan year 2026"):
        IN_2026.cost_sharing("type_1")
