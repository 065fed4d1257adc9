"""The reader of case tables reads what is well written, and says where a table is not."""

from pathlib import Path

import pytest

from openhix.kernel.tests.case_tables import NotACaseTable, read

WELL_WRITTEN = """# A file

- month: 2026-01

## A point of law (26 CFR 1.36B-3(d))

A sentence.

- zip: 02118

| people   | given | note  | ->  | credit | note   |
| -------- | ----- | ----- | --- | ------ | ------ |
| filer 40 | $3    | quiet |     | $2.50  |        |
| filer 41 |       |       |     | -      | louder |

## Another (956 CMR 12.04)

A sentence.

| month   | -> | credit |
| --- | --- | --- |
| 2025-01 |  | $1 |
"""


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "a.cases.md"
    path.write_text(text, encoding="utf-8")
    return path


def test_reads_rows_with_what_is_given_above_them(tmp_path: Path) -> None:
    first, second, third = read(written(tmp_path, WELL_WRITTEN))
    assert first.given == {"month": "2026-01", "zip": "02118", "people": "filer 40", "given": "$3"}
    assert first.expected == {"credit": "$2.50"}
    assert second.given == {"month": "2026-01", "zip": "02118", "people": "filer 41"}
    assert third.given == {"month": "2025-01"}
    assert [case.id for case in (first, third)] == ["a: A point of law: line 13", "a: Another: line 22"]


@pytest.mark.parametrize(
    ("before", "after", "line", "reason"),
    [
        ("(26 CFR 1.36B-3(d))", "", 5, "names its law"),
        ("A sentence.\n\n- zip", "- zip", 9, "under a heading and a sentence"),
        ("| -> | credit |\n", "| credit | month |\n", 20, "one column ->"),
        ("| month   | -> | credit |", "| -> | credit | credit |", 20, "names its columns once"),
        ("| 2025-01 |  | $1 |", "| 2025-01 |  |", 22, "2 cells stand under 3 columns"),
        ("| 2025-01 |  | $1 |", "| 2025-01 |  | |", 22, "every expected cell"),
        ("| 2025-01 |  | $1 |", "| 2025-01 | $1 | $1 |", 22, "every expected cell"),
        ("| 2025-01 |  | $1 |\n", "| 2025-01 |  | $1 |\nMore.\n", 23, "above the table"),
        ("| month   | -> | credit |\n| --- | --- | --- |\n| 2025-01 |  | $1 |\n", "", 19, "has no table"),
    ],
)
def test_says_where_a_table_is_badly_written(tmp_path: Path, before: str, after: str, line: int, reason: str) -> None:
    assert before in WELL_WRITTEN
    with pytest.raises(NotACaseTable, match=rf"a\.cases\.md, line {line}: .*{reason}"):
        read(written(tmp_path, WELL_WRITTEN.replace(before, after, 1)))
