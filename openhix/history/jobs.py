from __future__ import annotations

from procrastinate import JobContext
from procrastinate.contrib.django import app

from openhix.history import moving, nightly
from openhix.kernel import clock

__all__ = ["moving"]  # its job is declared beside what it does


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="history.take_up_again", pass_context=True)
async def take_up_again(context: JobContext, timestamp: int) -> None:
    """Each minute: jobs whose worker died in the middle are queued again."""
    for job in await context.app.job_manager.get_stalled_jobs():
        await context.app.job_manager.retry_job(job)


@app.periodic(cron="4 * * * *")
@app.task(name="history.nights", queueing_lock="history.nights")
def nights(timestamp: int) -> None:
    """Each hour, so that no change to or from daylight time matters: the nightly work that is due."""
    nightly.run_due(clock.today())
