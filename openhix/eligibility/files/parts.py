"""A file of any size in parts of some 50,000 households, each answered once, put together in the order of the file.

Until the results are whole, all that is done lies in a folder beside them, their name with `.unfinished`. It belongs to
one question (a hash of all that the answers depend on): who asks the same again goes on where it was, and who asks
something else begins anew. People of a household may stand anywhere in the file. In a Parquet file in which they stand
together a part is some rows of it; of any other file the rows are copied to the part of their household_id.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from polars.io.plugins import register_io_source

from openhix.eligibility.files.csv_rows import ROWS
from openhix.eligibility.files.tables import ROW, FileRefused, Rejected, Source, is_parquet, rows, rows_between

PART_ROWS = 150_000  # some 50,000 households of three people
MERGED_ROWS = 100_000
SHOWN = 5  # of what was refused
REJECTED = {ROW: pl.Int64, "column": pl.String, "reason": pl.String}


class InUse(Exception):
    """Another run is at work on the same results."""


@dataclass(frozen=True)
class Counts:
    """Of a part or of a whole file; `rows` are those of the file, refused or not, `rejected` the reasons."""

    rows: int = 0
    households: int = 0
    people: int = 0
    rejected: int = 0

    def plus(self, other: Counts) -> Counts:
        return Counts(*(mine + its for mine, its in zip(asdict(self).values(), asdict(other).values(), strict=True)))


def number_of(source: Source) -> int:
    """How many parts a file is split in."""
    return max(1, -(-source.rows // PART_ROWS))


def begins_of_parts(source: Source) -> list[int] | None:
    """Of a Parquet file the first row of each part, from 0, and the end; None where a household stands in two places.

    Takes sixteen bytes of memory a household. Raises FileRefused.
    """
    hashes, begins, before = [np.array([], np.uint64)], [np.array([], np.int64)], None
    for first in range(0, source.rows, ROWS):
        block = rows_between(source, first, min(first + ROWS, source.rows), ["household_id"])["household_id"]
        ids, is_told = block.hash().to_numpy(), block.is_not_null().to_numpy()
        starts = (
            np.concatenate([[ids[0] != before], ids[1:] != ids[:-1]]) | ~is_told
        )  # a row without an id stands alone
        hashes.append(ids[starts & is_told])
        begins.append(np.flatnonzero(starts) + first)
        before = ids[-1]
    if pl.Series(np.concatenate(hashes)).n_unique() < sum(map(len, hashes)):
        return None
    ends = np.concatenate([*begins, [source.rows]])
    return [*ends[np.searchsorted(ends, PART_ROWS * np.arange(number_of(source)))].tolist(), source.rows]


@dataclass(frozen=True)
class Work:
    """What is done of a run. Other processes may make one of the same folder."""

    folder: Path

    def split(self, source: Source) -> None:
        """Tell which rows each part has, where that is not done. Raises FileRefused."""
        if self._told.exists():
            return
        begins = begins_of_parts(source) if is_parquet(source.path) else None
        told = {"rows": source.rows, "last": source.rows + 1} if begins else self._scatter(source)
        _write_whole(self._told, json.dumps({**told, "begins": begins}))

    def _scatter(self, source: Source) -> dict[str, int]:
        """Write the rows of each part: how many there are, and the last row."""
        parts = number_of(source)
        whose = pl.coalesce(pl.col("household_id", ROW).cast(pl.String))  # a row without an id
        number_of_rows, last = 0, 1
        for begun in self.folder.glob("rows-*"):
            begun.unlink()
        for number, block in enumerate(rows(source)):
            number_of_rows, last = number_of_rows + block.height, max([last, *block[ROW].tail(1)])
            marked = block.with_columns((whose.hash() % parts).alias("part"))
            for (part,), piece in marked.partition_by("part", as_dict=True, include_key=False).items():
                piece.write_ipc(self.folder / f"rows-{part:05}-{number:05}.arrow", compression="lz4")
        return {"rows": number_of_rows, "last": last}

    @property
    def _told(self) -> Path:
        return self.folder / "split.json"

    def told(self) -> dict[str, Any]:
        """Of the file: how many `rows` it has, its `last` row; where each part `begins` and the last one ends, or None
        where households do not stand together."""
        return dict(json.loads(self._told.read_text()))

    def rows_of(self, source: Source, part: int) -> pl.DataFrame:
        """As `tables.rows` has them, in the order of the file. Raises FileRefused."""
        begins = self.told()["begins"]
        if begins:
            return rows_between(source, begins[part], begins[part + 1])
        pieces = [pl.read_ipc(piece) for piece in sorted(self.folder.glob(f"rows-{part:05}-*.arrow"))]
        return pl.concat(pieces) if pieces else pl.DataFrame(schema=source.schema)

    def keep(self, part: int, answers: pl.DataFrame, rejected: list[Rejected], counts: Counts) -> None:
        """A part is done. `answers` have ROW where they are to be written in the order of the file."""
        answers = answers.sort(ROW) if ROW in answers.columns else answers
        refused = [(each.row, each.column, each.reason) for each in rejected]
        self._write(answers, f"answers-{part:05}.arrow")
        self._write(
            pl.DataFrame(refused, REJECTED, orient="row").sort(ROW, maintain_order=True), f"rejected-{part:05}.arrow"
        )
        _write_whole(self._done(part), json.dumps(asdict(counts)))

    def _write(self, table: pl.DataFrame, name: str) -> None:
        new = self.folder / f"{os.getpid()}"
        table.write_ipc(new, compression="lz4", record_batch_size=32_768)
        new.replace(self.folder / name)

    def kept(self, part: int) -> Counts | None:
        """None: the part is not done."""
        done = self._done(part)
        return Counts(**json.loads(done.read_text())) if done.exists() else None

    def _done(self, part: int) -> Path:
        return self.folder / f"done-{part:05}.json"

    def answers(self) -> pl.LazyFrame:
        """Of every part, in no order."""
        return self._all("answers")

    def first_rejected(self) -> tuple[Rejected, ...]:
        """In the order of the file."""
        told = self._all("rejected").sort(ROW, maintain_order=True).head(SHOWN).collect()
        return tuple(Rejected(row, column, reason) for row, column, reason in told.iter_rows())

    def write_answers(self, path: Path, written: Sequence[pl.Expr]) -> None:
        """In the order of the file, the columns that are `written`: CSV, or Parquet where the name says so."""
        self._put(self._in_order("answers", written), path)

    def write_rejected(self, path: Path) -> None:
        """`row,column,reason`, in the order of the file."""
        self._put(self._in_order("rejected", [pl.col(ROW).alias("row"), pl.exclude(ROW)]), path)

    def _all(self, kind: str) -> pl.LazyFrame:
        return pl.scan_ipc(self._files(kind))

    def _files(self, kind: str) -> list[Path]:
        return sorted(self.folder.glob(f"{kind}-*.arrow"))

    def _in_order(self, kind: str, written: Sequence[pl.Expr]) -> pl.LazyFrame:
        """Block by block: of a whole file Polars would keep more than one."""
        files = self._files(kind)

        def blocks_in_order(columns: list[str] | None, *_pushed_down: object) -> Iterator[pl.DataFrame]:
            in_order = self._merged(files) if self.told()["begins"] is None else map(pl.read_ipc, files)
            for each in in_order:
                block = each.select(written)
                yield block.select(columns) if columns else block

        return register_io_source(blocks_in_order, schema=self._all(kind).select(written).collect_schema())

    def _merged(self, files: list[Path]) -> Iterator[pl.DataFrame]:
        """Some rows of the file at a time: a slice of each part, whose rows are in order."""
        limits = np.arange(2, self.told()["last"] + MERGED_ROWS + 1, MERGED_ROWS)
        cuts = [np.searchsorted(pl.read_ipc(each, columns=[ROW])[ROW], limits) for each in files]
        for at in range(len(limits) - 1):
            here = [
                pl.scan_ipc(each).slice(cut[at], cut[at + 1] - cut[at]) for each, cut in zip(files, cuts, strict=True)
            ]
            yield pl.concat(here).sort(ROW, maintain_order=True).collect()

    def _put(self, table: pl.LazyFrame, path: Path) -> None:
        new = self.folder / "new"
        if is_parquet(path):
            table.sink_parquet(new, row_group_size=MERGED_ROWS)
        else:
            table.sink_csv(new)
        new.replace(path)


@contextmanager
def work_on(results: Path, question: str) -> Iterator[Work]:
    """The work on `results`, as far as the same `question` got it, and for us alone. Raises InUse.

    Whatever ends it before the end leaves what is done; a file that is refused leaves nothing.
    """
    folder = results.with_name(f"{results.name}.unfinished")
    folder.mkdir(mode=0o700, exist_ok=True)  # it holds what households told
    with (folder / "in use").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise InUse(f"{results}: another run is at work on these results; its parts lie in {folder}.") from error
        ours = folder / question
        for each in folder.iterdir():
            if each.is_dir() and each != ours:
                shutil.rmtree(each)
        ours.mkdir(exist_ok=True)
        try:
            yield Work(ours)
        except FileRefused:
            shutil.rmtree(folder)
            raise
        ours.rename(folder / "finished")  # whoever comes while it is removed begins anew
        shutil.rmtree(folder)


def _write_whole(path: Path, text: str) -> None:
    """The file is there with all of its text, or it is not there."""
    new = path.with_name(f"{os.getpid()}")
    new.write_text(text)
    new.replace(path)
