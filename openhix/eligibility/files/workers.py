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

from openhix.eligibility.files.parts import Counts

Answer = Callable[[int], Counts]
Answered = Callable[[int], Iterator[Counts]]


class WorkerDied(Exception):
    """A process that shared the work was ended; the message says what to do."""


@contextmanager
def sharing(answer: Answer, processes: int) -> Iterator[Answered]:
    """What answers the parts 0 to n, in any order: this process, or several that are started now and have `answer`.

    Raises WorkerDied, and what `answer` raises.
    """
    if processes < 2:
        yield lambda parts: map(answer, range(parts))
        return
    pool = ProcessPoolExecutor(processes, multiprocessing.get_context("spawn"), initializer=_begin, initargs=(answer,))
    try:
        with _one_thread_each():
            for _ in range(processes):
                pool.submit(_nothing)  # so that it starts while there is nothing to do yet
        yield lambda parts: (
            each.result() for each in as_completed(pool.submit(_answer, part) for part in range(parts))
        )
    except BrokenProcessPool as error:
        raise WorkerDied(
            "A process that shared the work was ended, perhaps because memory was short: nothing is written yet. Give "
            "the same command again; --processes 1 takes the least memory."
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


def _nothing() -> None:
    pass


def _answer(part: int) -> Counts:
    assert _ours is not None
    return _ours(part)
