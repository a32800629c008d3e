"""Long work that `hanze worker` does: reading an edition, and screening everybody anew."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django_tasks import task

from hanze.accounts.models import User
from hanze.watchlists.fetching import fetch
from hanze.watchlists.models import Edition, Run, Subject, Watchlist
from hanze.watchlists.operations.editions import read_received, refuse
from hanze.watchlists.operations.screening import screen


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
    fetched_for = Watchlist.objects.get(pk=watchlist)
    try:
        edition = fetch(fetched_for, by=User.objects.get(pk=by))
    except ValidationError as error:
        fetched_for.fetch_problem = " ".join(error.messages)
        fetched_for.save(update_fields=["fetch_problem"])
        return
    Watchlist.objects.filter(pk=watchlist).update(fetch_problem="")
    _read(edition)


@task()
def rescreen(by: int | None = None, why: str = Run.Why.LIST_CHANGED) -> None:
    """Screen every party anew against the editions in force."""
    asked_by = User.objects.filter(pk=by).first() if by else None
    everybody = (
        Subject.objects.current().select_related("organisation", "person").prefetch_related("organisation__identifiers")
    )
    screen(everybody, by=asked_by, why=why)
