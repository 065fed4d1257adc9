"""A "no" that is not about income says what would change it, on the page and in the letter, in three languages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from openhix.application.answers import Answers, EmployerOffer, PersonAnswers, Status, TaxRole
from openhix.eligibility import queries
from openhix.eligibility.tests.applications import answers, person
from openhix.people.tests import cast
from tests.stories.test_twelve_households import letter_in, page_in
from tests.stories.town import Town

Tells = Callable[[], Answers]


def alone(dollars: int = 40_000, **told: object) -> PersonAnswers:
    ana = person("p1", date(1985, 2, 28), dollars=dollars, first_name="Ana", last_name="Almeida")
    for name, value in told.items():
        setattr(ana, name, value)
    return ana


def spouses_apart() -> Answers:
    spouse = person("p2", date(1984, 3, 1), "spouse", dollars=30_000, first_name="Bo", last_name="Almeida")
    spouse.tax_role = TaxRole.SEPARATE_FILER
    return answers(alone(tax_role=TaxRole.SEPARATE_FILER, married_to="p2"), spouse)


NOES: list[tuple[Tells, str, str, str]] = [
    (
        lambda: answers(alone(incarcerated=True)),
        "Ana Almeida: after jail or prison, MassHealth or a plan can be open.",
        "Ana Almeida: después de la cárcel o prisión, puede haber MassHealth o un plan.",
        "Ana Almeida: depois da cadeia ou prisão, pode haver o MassHealth ou um plano.",
    ),
    (
        lambda: answers(alone(status=Status.OTHER, no_ssn_reason="not_eligible")),
        "Ana Almeida: with another immigration status, a plan and help paying can be open.",
        "Ana Almeida: con otro estatus migratorio, puede haber un plan y ayuda para pagar.",
        "Ana Almeida: com outro status de imigração, pode haver um plano e ajuda para pagar.",
    ),
    (
        lambda: answers(alone(tax_role=TaxRole.NOT_FILING)),
        "Ana Almeida: by filing a tax return for the year, or being claimed on one, there can be help paying.",
        "Ana Almeida: con una declaración de impuestos del año, propia o de quien le reclame como dependiente, puede",
        "Ana Almeida: com uma declaração de imposto do ano, própria ou de quem declare esta pessoa como dependente,",
    ),
    (
        spouses_apart,
        "Ana Almeida, Bo Almeida: with one tax return for both spouses, or a reason that the law accepts for two,",
        "Ana Almeida, Bo Almeida: con una sola declaración de impuestos de los dos cónyuges, o con una razón",
        "Ana Almeida, Bo Almeida: com uma só declaração de imposto dos dois cônjuges, ou com uma razão",
    ),
    (
        lambda: answers(alone(other_coverage=["tricare"])),
        "Ana Almeida: if the other coverage ends, there can be help paying.",
        "Ana Almeida: si la otra cobertura termina, puede haber ayuda para pagar.",
        "Ana Almeida: se a outra cobertura terminar, pode haver ajuda para pagar.",
    ),
    (
        lambda: answers(alone(9_000, status=Status.LAWFULLY_PRESENT)),
        "With $15,650.00 a year or more your household could get help paying.",
        "Con $15,650.00 al año o más, su hogar podría recibir ayuda para pagar.",
        "Com $15,650.00 por ano ou mais, a sua família poderia receber ajuda para pagar.",
    ),
]


@pytest.mark.parametrize(("tells", "english", "spanish", "portuguese"), NOES)
def test_what_would_change_a_no(town: Town, tells: Tells, english: str, spanish: str, portuguese: str) -> None:
    walker = town.family(cast.ANA)
    walker.applies(tells())
    made = queries.current(walker.household)
    assert made is not None
    for language, says in (("en", english), ("es", spanish), ("pt", portuguese)):
        assert says in page_in(language, walker.household)
        assert says in letter_in(language, made)


def test_filing_changes_nothing_for_who_earns_too_much(town: Town) -> None:
    walker = town.family(cast.ANA)
    walker.applies(answers(alone(90_000, tax_role=TaxRole.NOT_FILING)))
    page = page_in("en", walker.household)
    assert "by filing a tax return" not in page
    assert "With $62,600.00 a year or less (400.00%) your household could get help paying." in page


def test_who_has_an_offer_from_a_job_reads_up_to_which_income_there_would_be_help(town: Town) -> None:
    walker = town.family(cast.ANA)
    walker.applies(answers(alone(42_000, employer_offer=EmployerOffer(self_cents=250_00, for_family=False))))
    assert "Up to $30,120.48 a year your household can get help paying, from $53.00 a month." in page_in(
        "en", walker.household
    )
