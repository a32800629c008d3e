"""Long work that `hanze worker` does: reading an edition, and screening everybody anew."""

from __future__ import annotations

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from hanze.accounts.models import User
from hanze.watchlists.fetching import fetch
from hanze.watchlists.models import Edition, Run, Subject, Watchlist
from hanze.watchlists.operations.editions import read_received, refuse
from hanze.watchlists.operations.forgetting import remove_old_looks
from hanze.watchlists.operations.lists import note_fetching
from hanze.watchlists.operations.screening import screen

EVERY = timedelta(days=1)


@task()
def read_edition(edition: int) -> None:
    """Read a received edition; does nothing when that was done before. It is refused when the reading breaks off."""
    waiting = Edition.objects.select_related("watchlist").filter(pk=edition, state=Edition.State.READING).first()
    if waiting is not None:
        _read(waiting)


def _read(edition: Edition) -> None:
    try:
        read_received(edition)
    except Exception:
        refuse(edition, _("The reading broke off. The log of the worker says why."))
        raise


@task()
def fetch_edition(watchlist: int, by: int) -> None:
    """Fetch and read a new edition; what goes wrong is kept with the list for its people to see."""
    fetched_for, asked_by = Watchlist.objects.get(pk=watchlist), User.objects.get(pk=by)
    try:
        edition = fetch(fetched_for, by=asked_by)
    except ValidationError as error:
        note_fetching(fetched_for, " ".join(error.messages), by=asked_by)
        return
    note_fetching(fetched_for, "", by=asked_by)
    _read(edition)


@task()
def rescreen(by: int | None = None, why: str = Run.Why.LIST_CHANGED) -> None:
    """Screen every party anew against the editions in force."""
    asked_by = User.objects.filter(pk=by).first() if by else None
    screen(Subject.objects.current().order_by("pk").iterator(), by=asked_by, why=why)


@task()
def tidy() -> None:
    """Remove looks that found nothing and are past their term; tomorrow again."""
    remove_old_looks(by=None)
    begin_tidying(after=EVERY)


def begin_tidying(after: timedelta = timedelta()) -> None:
    """Have a worker tidy up, unless that waits already; it goes on with it every day. Only the database can wait."""
    if not tidy.get_backend().supports_defer:
        return
    from django_tasks_db.models import DBTaskResult

    if not DBTaskResult.objects.filter(task_path=tidy.module_path, status="READY").exists():
        tidy.using(run_after=timezone.now() + after).enqueue()
