"""What a person's amounts per period come to by the year and by the month, in whole cents."""

from __future__ import annotations

from openhix.application.answers import Deduction, Income, Period, PersonAnswers
from openhix.kernel import cents

# 45 CFR 155.305(f)(1)(i): the credit looks at the income expected for the whole year. A year has 52 weeks of pay.
PAYMENTS_A_YEAR = {Period.WEEK: 52, Period.TWO_WEEKS: 26, Period.MONTH: 12, Period.YEAR: 1}

# 130 CMR 506.007: MassHealth looks at a month; average weekly income is multiplied by 4.333.
# Months of each period as numerator and denominator: $500.00 a week is $2,166.50 a month.
PAYMENTS_A_MONTH = {
    Period.WEEK: (4333, 1000),
    Period.TWO_WEEKS: (4333, 2000),
    Period.MONTH: (1, 1),
    Period.YEAR: (1, 12),
}


def annual_cents(amount: Income | Deduction) -> int:
    """45 CFR 155.305(f)(1)(i): cents a year, exact."""
    return amount.cents * PAYMENTS_A_YEAR[amount.period]


def monthly_cents(amount: Income | Deduction) -> int:
    """130 CMR 506.007: cents a month, each amount rounded once, half up."""
    times, over = PAYMENTS_A_MONTH[amount.period]
    return cents.divide(amount.cents * times, over)


def annual_income(person: PersonAnswers) -> int:
    """26 CFR 1.36B-1(e)(2): yearly cents of all incomes less deductions; below zero when there is a loss.

    What the household expects of the whole year stands before what its incomes of today come to.
    """
    incomes = sum(map(annual_cents, person.incomes)) if person.year_cents is None else person.year_cents
    return incomes - sum(map(annual_cents, person.deductions))


def monthly_income(person: PersonAnswers) -> int:
    """130 CMR 506.003 and 506.007: monthly cents of all incomes less deductions; below zero when there is a loss."""
    return sum(map(monthly_cents, person.incomes)) - sum(map(monthly_cents, person.deductions))
