"""Letters and bills on paper: tagged, titled, in their language, in any script, the same bytes each time."""

from __future__ import annotations

import logging
import re
from datetime import date
from typing import Any

import pytest
import typst

from openhix.correspondence import coupon, pdf
from openhix.correspondence.labels import BY_TEMPLATE, labels
from openhix.correspondence.tests.sheets import BILL, LETTER

SHEETS = {"bill": BILL, "letter": LETTER}
LOCALES = {"en": b"en-US", "es": b"es-US", "pt": b"pt-BR"}
SCRIPTS = {
    "Chinese": "王小明 張麗華",
    "Japanese": "田中さくら タナカ",
    "Korean": "김철수",
    "Vietnamese": "Nguyễn Thị Phượng",
    "Cyrillic": "Наталія Привет",
    "Greek": "Ελένη",
    "Arabic": "محمد فاطمة",
    "Hebrew": "אברהם",
    "Khmer": "សុខា",
    "Lao": "ສົມໃຈ",
    "Thai": "สมชาย",
    "Burmese": "အောင်",
    "Ethiopic": "ተስፋዬ",
    "Armenian": "Արամ",
    "Georgian": "გიორგი",
    "Devanagari": "प्रिया",
    "Bengali": "রহিম",
    "Gujarati": "પટેલ",
    "Gurmukhi": "ਸਿੰਘ",
    "Tamil": "முருகன்",
    "Telugu": "రాజు",
    "Haitian and Cape Verdean": "Jean-Frédéric d’Haïti Évora",
}


def claims_pdf_ua(paper: bytes) -> bool:
    return b"<pdfuaid:part>1</pdfuaid:part>" in paper


def pages(paper: bytes) -> int:
    found = re.search(rb"<xmpTPg:NPages>(\d+)<", paper)
    assert found is not None
    return int(found[1])


@pytest.mark.parametrize("language", LOCALES)
@pytest.mark.parametrize("template", SHEETS)
def test_paper_is_tagged_titled_and_in_its_language(template: str, language: str) -> None:
    paper = pdf.render(template, {**SHEETS[template], "language": language})
    assert paper.startswith(b"%PDF-1.7")
    assert claims_pdf_ua(paper)
    assert b"/Lang(" + LOCALES[language] + b")" in paper
    assert b"/StructTreeRoot" in paper and b"/Marked true" in paper
    assert b"DisplayDocTitle true" in paper and b"<dc:title>" in paper
    assert b"/S/Table" in paper and b"/S/TH" in paper and b"/S/H1" in paper


def test_a_bill_is_one_page_in_every_language() -> None:
    for language in LOCALES:
        for kind in ("health", "dental"):
            paper = pdf.render("bill", {**BILL, "language": language, "kind": kind})
            assert pages(paper) == 1, (language, kind)


def test_a_bill_with_much_on_it_goes_on_over_the_page_and_keeps_its_coupon() -> None:
    many = [{"on": "2025-11-02", "cents": 100}] * 60
    assert pages(pdf.render("bill", {**BILL, "payments": many})) >= 2


@pytest.mark.parametrize("template", SHEETS)
def test_the_same_data_gives_the_same_bytes(template: str) -> None:
    first = pdf.render(template, SHEETS[template])
    pdf._local.__dict__.clear()  # a new process would have a new compiler
    assert pdf.render(template, SHEETS[template]) == first
    assert b"2025-11-15T12:00:00" in first


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_name_in_any_script_is_printed(script: str) -> None:
    """PDF/UA is not claimed for a page with a box in place of a letter; this page claims it."""
    name = SCRIPTS[script]
    letter = {**LETTER, "address": [name], "subject": name}
    assert claims_pdf_ua(pdf.render("letter", letter))
    assert claims_pdf_ua(pdf.render("bill", {**BILL, "address": [name], "primary_member": name, "people": [name]}))


def test_a_name_in_four_scripts_at_once() -> None:
    name = " ".join(SCRIPTS[each] for each in ("Vietnamese", "Chinese", "Arabic", "Khmer"))
    assert claims_pdf_ua(pdf.render("letter", {**LETTER, "address": [name]}))


def test_a_letter_that_no_font_has_is_sent_all_the_same(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        paper = pdf.render("letter", {**LETTER, "address": ["Ana 𓀀"]})
    assert paper.startswith(b"%PDF") and not claims_pdf_ua(paper)
    assert b"/StructTreeRoot" in paper
    assert "none of our fonts" in caplog.text and "Ana" not in caplog.text


@pytest.mark.parametrize(
    "text", ["#panic()", "*bold* _it_ $x$ @cite <label> \\", "https://example.org", "= heading", "\x00\x07\ud800"]
)
def test_what_people_type_is_printed_and_never_obeyed(text: str) -> None:
    assert claims_pdf_ua(pdf.render("letter", {**LETTER, "address": [text, "Boston"], "subject": f"About {text}"}))


def test_characters_that_turn_a_line_around_are_left_out() -> None:
    """A bidi override could make a name read as an amount."""
    assert pdf._printable({"a": ["\u202eAna\u2066", "\x00"]}) == {"a": ["Ana", ""]}
    assert pdf._printable("सिं\u200dह") == "सिं\u200dह"  # joiners belong to some names


def test_data_of_another_shape_is_refused() -> None:
    with pytest.raises(typst.TypstError, match="premium"):
        pdf.render("bill", {name: value for name, value in BILL.items() if name != "premium"})


@pytest.mark.parametrize("template", BY_TEMPLATE)
def test_every_label_is_translated(template: str) -> None:
    english = labels(template, "en")
    for language in ("es", "pt"):
        words = labels(template, language)
        assert words.keys() == english.keys()
        untranslated = {name for name in words if words[name] == english[name] and len(str(words[name])) > 6}
        assert untranslated == set()


def test_dates_in_three_languages() -> None:
    assert [labels("bill", each)["date"] for each in LOCALES] == [
        "{month} {day}, {year}",
        "{day} de {month} de {year}",
        "{day} de {month} de {year}",
    ]
    assert [labels("bill", each)["months"][0] for each in LOCALES] == ["January", "enero", "janeiro"]


@pytest.mark.parametrize(
    ("told", "line"),
    [
        ({}, "712345678901 1 20251223 0000111234 8"),
        ({"kind": "dental"}, "712345678901 2 20251223 0000111234 6"),
        ({"cents": 0}, "712345678901 1 20251223 0000000000 7"),
    ],
)
def test_the_line_of_the_coupon(told: dict[str, Any], line: str) -> None:
    bill = {"member_id": "712345678901", "kind": "health", "due_on": date(2025, 12, 23), "cents": 111_234}
    assert coupon.scan_line(**{**bill, **told}) == line


@pytest.mark.parametrize("cents", [-1, 10**10])
def test_a_coupon_for_no_amount_is_refused(cents: int) -> None:
    with pytest.raises(ValueError, match="no room"):
        coupon.scan_line(member_id="712345678901", kind="health", due_on=date(2025, 12, 23), cents=cents)


def test_any_single_wrong_digit_is_noticed() -> None:
    from stdnum import luhn

    line = coupon.scan_line(member_id="712345678901", kind="health", due_on=date(2025, 12, 23), cents=111_234)
    digits = line.replace(" ", "")
    assert luhn.is_valid(digits)
    wrong = [digits[:at] + each + digits[at + 1 :] for at in range(len(digits)) for each in "0123456789"]
    assert sum(map(luhn.is_valid, wrong)) == len(digits)  # only where the digit is the right one
