"""Files in many parts: the order of rows, the number of processes and where a run was stopped change no byte."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

import polars as pl
import psutil
import pytest

from openhix.eligibility.files import parts, tables
from openhix.eligibility.files.tables import FileRefused
from openhix.eligibility.tests.household_files import ANA, BEN, HEADER, Ask, lines
from openhix.eligibility.tests.in_small_parts import SMALL, determine

PATIENCE = 60.0
RUN = (sys.executable, "-m", "openhix.eligibility.tests.in_small_parts")


def many(households: int) -> list[str]:
    """Couples with a child; every fiftieth household has a fault."""
    rows = []
    for each in range(households):
        zip_code = "99999" if each % 50 == 49 else "02118"
        rows += [
            f"{each},a,1985-06-30,{zip_code},filer,{each * 97 % 150_000}",
            f"{each},b,1986-06-30,,joint_filer,{each * 31 % 20_000}",
            f"{each},c,2019-05-05,,dependent,0",
        ]
    return rows


@pytest.fixture(autouse=True)
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, rows in zip(("PART_ROWS", "MERGED_ROWS"), SMALL, strict=True):
        monkeypatch.setattr(parts, name, rows)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "households.csv"
    path.write_text(lines(*many(1_000)))
    return path


def test_people_of_a_household_may_stand_anywhere_in_the_file(ask: Ask) -> None:
    rows = many(300)
    together = ask(lines(*rows))
    assert (together.outcome.households, together.outcome.people, len(together.errors)) == (294, 882, 18)
    order = list(range(len(rows)))
    Random(4).shuffle(order)
    scattered = ask(lines(*(rows[at] for at in order)))
    assert [row["household_id"] + row["person_id"] for row in scattered.answers] == [
        row[0] + row[1] for at in order if (row := rows[at].split(",")) and int(row[0]) % 50 != 49
    ]
    by_person = {(row["household_id"], row["person_id"]): row for row in together.answers}
    assert all(row == by_person[row["household_id"], row["person_id"]] for row in scattered.answers)
    first = {each: min(order.index(3 * each + nth) for nth in range(3)) + 2 for each in range(49, 300, 50)}
    assert {row for row, column, _reason in scattered.errors if column == "zip"} == set(first.values())
    assert [row for row, _column, _reason in scattered.errors] == sorted(row for row, *_rest in scattered.errors)


def test_rows_without_an_id_and_rows_that_are_none_are_named_wherever_they_stand(ask: Ask) -> None:
    rows = many(200)
    rows[10:10] = [",x,1985-06-30,02118,filer,1", "7,y,1985-06-30"]
    done = ask(lines(*rows))
    assert (12, "household_id") in done.reasons() and (13, "") in done.reasons()
    assert "7 a" not in done.computed and "8 a" in done.computed
    assert [row for row, column in done.reasons() if row in (23 + 2, 24 + 2, 25 + 2)] == [25, 26, 27]  # household 7


@pytest.fixture
def parquet(source: Path) -> Path:
    path = source.with_suffix(".parquet")
    pl.read_csv(source, infer_schema=False).write_parquet(path)
    return path


@pytest.mark.parametrize("suffix", ["csv", "parquet"])
def test_any_number_of_processes_writes_the_same_bytes(
    source: Path, parquet: Path, tmp_path: Path, suffix: str
) -> None:
    alone, shared = tmp_path / f"alone.{suffix}", tmp_path / f"shared.{suffix}"
    source = parquet if suffix == "parquet" else source
    assert determine(source, alone, 1) == determine(source, shared, 2)
    assert alone.read_bytes() == shared.read_bytes()
    assert alone.with_suffix(".errors.csv").read_bytes() == shared.with_suffix(".errors.csv").read_bytes()
    read = pl.read_csv(alone) if suffix == "csv" else pl.read_parquet(alone)
    assert read.height == 2_940
    assert not list(tmp_path.glob("*.unfinished"))


def stopped(command: tuple[str, ...], when: Callable[[], bool]) -> bool:
    """Start it and kill it with all it started, by SIGKILL, as soon as `when` holds; False where it had ended."""
    process = psutil.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    end = time.monotonic() + PATIENCE
    while not when() and process.poll() is None:
        assert time.monotonic() < end
        time.sleep(0.001)
    going = process.poll() is None
    if going:
        process.kill()
    process.wait(PATIENCE)
    return going


@pytest.mark.parametrize(("processes", "kind"), [("1", "csv"), ("2", "csv"), ("2", "parquet")])
def test_a_run_that_is_killed_goes_on_where_it_was(
    source: Path, parquet: Path, tmp_path: Path, processes: str, kind: str
) -> None:
    source = parquet if kind == "parquet" else source
    whole, results = tmp_path / "whole.csv", tmp_path / "results.csv"
    expected = determine(source, whole, 1)
    folder = tmp_path / "results.csv.unfinished"

    def there(pattern: str, number: int = 1) -> Callable[[], bool]:
        return lambda: len(list(folder.glob(f"*/{pattern}"))) >= number

    done: dict[Path, int] = {}
    copied = [there("rows-*")] if kind == "csv" else []  # the rows of a Parquet file are read where they lie
    for when in (*copied, there("split.json"), there("done-*"), there("done-*", 15), there("new")):
        if not stopped((*RUN, str(source), str(results), processes), when):
            break
        assert not results.exists()
        for path, changed in done.items():
            assert path.stat().st_mtime_ns == changed, "a part was done again"
        done = {path: path.stat().st_mtime_ns for path in folder.glob("*/done-*")}
    assert len(done) >= 15
    subprocess.run((*RUN, str(source), str(results), processes), check=True, stdout=subprocess.PIPE)
    assert results.read_bytes() == whole.read_bytes()
    assert results.with_suffix(".errors.csv").read_bytes() == whole.with_suffix(".errors.csv").read_bytes()
    assert not folder.exists()
    assert expected.households == 980


def test_another_question_begins_anew(source: Path, tmp_path: Path) -> None:
    results = tmp_path / "results.csv"
    folder = tmp_path / "results.csv.unfinished"
    assert stopped((*RUN, str(source), str(results), "1"), lambda: bool(list(folder.glob("*/done-00002*"))))
    [before] = [each for each in folder.iterdir() if each.is_dir()]
    source.write_text(lines(*many(400), ANA.replace("1,ana", "new,ana")))
    outcome = determine(source, results, 1)
    assert (outcome.households, before.exists()) == (393, False)
    assert "new,ana" in results.read_text()


def at_work(source: Path, results: Path, folder: Path) -> psutil.Popen:
    """A run by two processes that has answered a part and has more to do."""
    process = psutil.Popen((*RUN, str(source), str(results), "2"), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    end = time.monotonic() + PATIENCE
    while not list(folder.glob("*/done-*")):
        assert time.monotonic() < end and process.poll() is None
        time.sleep(0.001)
    return process


def test_a_worker_that_dies_ends_the_run_with_what_to_do(source: Path, tmp_path: Path) -> None:
    results = tmp_path / "results.csv"
    folder = tmp_path / "results.csv.unfinished"
    process = at_work(source, results, folder)
    worker = next(each for each in process.children() if "spawn_main" in " ".join(each.cmdline()))
    worker.kill()
    _said, error = process.communicate(timeout=PATIENCE)
    assert (process.returncode, results.exists()) == (1, False)
    assert b"Give the same command again" in error and b"Traceback" not in error
    assert list(folder.glob("*/done-*"))
    assert determine(source, results, 1).households == 980
    assert not folder.exists()


def test_processes_end_with_the_run_that_started_them(source: Path, tmp_path: Path) -> None:
    results = tmp_path / "results.csv"
    folder = tmp_path / "results.csv.unfinished"
    process = at_work(source, results, folder)
    children = process.children(recursive=True)
    process.kill()
    process.wait(PATIENCE)
    _gone, left = psutil.wait_procs(children, timeout=PATIENCE)
    assert left == []


def test_two_runs_do_not_share_results(source: Path, tmp_path: Path) -> None:
    results = tmp_path / "results.csv"
    with parts.work_on(results, "another"), pytest.raises(parts.InUse, match="another run is at work"):
        determine(source, results, 1)


def test_a_file_that_is_refused_late_leaves_nothing(tmp_path: Path) -> None:
    source, results = tmp_path / "households.csv", tmp_path / "results.csv"
    source.write_text(lines(*many(300), '"2,ben,1960-01-01,02601,filer,1'))
    with pytest.raises(FileRefused, match="stray quotation mark up to line 902"):
        determine(source, results, 1)
    assert list(tmp_path.iterdir()) == [source]


def test_a_file_that_is_written_while_it_is_read_is_refused(source: Path, tmp_path: Path) -> None:
    def write_again(_done: parts.Counts, _rows: int) -> None:
        source.write_text(lines(*many(10)))

    with pytest.raises(FileRefused, match="was written while it was read; give the same command again"):
        determine(source, tmp_path / "results.csv", 1, write_again)
    assert list(tmp_path.iterdir()) == [source]


@pytest.mark.parametrize("people", ["stand together", "are torn apart", "are torn apart once"])
def test_a_parquet_file_has_the_answers_of_the_same_rows_as_text(
    ask: Ask, tmp_path: Path, people: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = many(400)
    rows[21:21] = [",x,1985-06-30,02118,filer,1", ",,,,,", "7.5,y,1985-06-30,02118,filer,1"]
    if people == "are torn apart":
        Random(5).shuffle(rows)
    if people == "are torn apart once":
        rows.append(rows.pop(0))
    monkeypatch.setattr(tables, "ROWS", 64)
    monkeypatch.setattr(parts, "ROWS", 64)
    of_text, names = ask(lines(*rows)), HEADER.split(",")
    cells = [[cell.strip() or None for cell in row.split(",")] for row in rows]
    table = pl.DataFrame(cells, dict.fromkeys(names, pl.String), orient="row").with_columns(
        pl.col("birth_date").str.to_date(), pl.col("annual_income").cast(pl.Int64)
    )
    of_parquet = ask(table)
    assert (of_parquet.answers, of_parquet.errors) == (of_text.answers, of_text.errors)
    assert (of_parquet.outcome.people, len(of_text.errors)) == (1_177, 25)
    source = tables.look(tmp_path / "households.parquet", [])
    begins = parts.begins_of_parts(source)
    assert (begins is not None) == (people == "stand together")
    if begins is not None:
        assert (begins[0], begins[-1], len(begins)) == (0, 1_203, 1 + parts.number_of(source))
        assert all(rows[each].split(",")[0] != rows[each - 1].split(",")[0] for each in begins[1:-1])


def test_a_part_of_which_nobody_is_left_fits_with_the_others(ask: Ask) -> None:
    done = ask(lines(*(f"{each},a,x,02118,filer,1" for each in range(150)), BEN.replace("2,", "ok,", 1)))
    assert (done.computed, done.outcome.rejected) == (["ok ben"], 150)
    assert ask(HEADER).answers == []
