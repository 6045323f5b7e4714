from procrastinate.contrib.django import app

from pendopo.base.files import sealed, sweep
from pendopo.kernel import clock


@app.periodic(cron="41 2 * * *", periodic_id="files.sweep")
@app.task(name="pendopo.base.files.sweep", queue="files")
def sweep_files(timestamp: int) -> None:
    """Every night: remove what nobody needs; wrap the keys of sealed files by the newest setting."""
    now = clock.now()
    sweep.remove_unlinked(now=now)
    sweep.remove_unlinked_seals(now=now)
    sweep.remove_orphans(now=now)
    sealed.wrap_anew()
