"""Parts of a file answered by several processes: one takes the next as soon as it is free."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager

from openhix.eligibility.parts import Counts

Answer = Callable[[int], Counts]
Progress = Callable[[Counts], None]  # what is done so far


class WorkerDied(Exception):
    """A process that shared the work was ended; the message says what to do."""


def shared_out(answer: Answer, parts: int, processes: int, progress: Progress) -> Counts:
    """The sum of `answer` for each part, which goes once to each process. Raises WorkerDied, and what it raises."""
    done = Counts()
    each = (answer(part) for part in range(parts)) if min(processes, parts) < 2 else _pooled(answer, parts, processes)
    for counts in each:
        done = done.plus(counts)
        progress(done)
    return done


def _pooled(answer: Answer, parts: int, processes: int) -> Iterator[Counts]:
    pool = ProcessPoolExecutor(
        min(processes, parts), multiprocessing.get_context("spawn"), initializer=_begin, initargs=(answer,)
    )
    try:
        with _one_thread_each():
            futures = [pool.submit(_answer, part) for part in range(parts)]
        for future in as_completed(futures):
            yield future.result()
    except BrokenProcessPool as error:
        raise WorkerDied(
            "A process that shared the work was ended, perhaps because memory was short: nothing is written yet. The "
            "same command goes on where this one was; --processes 1 takes the least memory."
        ) from error
    finally:
        pool.shutdown(cancel_futures=True)


@contextmanager
def _one_thread_each() -> Iterator[None]:
    """Processes that start now give Polars one thread: there are as many of them as cores."""
    name = "POLARS_MAX_THREADS"
    before = os.environ.get(name)
    os.environ[name] = before or "1"
    yield
    if before is None:
        del os.environ[name]


_ours: Answer | None = None


def _begin(answer: Answer) -> None:
    """In a new process: keep what to do, leave Control-C to who started us, and end when they end."""
    global _ours
    _ours = answer
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)


def _answer(part: int) -> Counts:
    assert _ours is not None
    return _ours(part)
