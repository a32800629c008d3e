"""Long work that `hanze worker` does for initiatives. Each may be repeated: it does nothing when it was done before."""

from __future__ import annotations

from collections.abc import Callable

from django_tasks import task

from hanze.areas import operations
from hanze.areas.models import PlaceList, PlanRun
from hanze.clusters.problems import InputError

BROKE_OFF = "the work broke off; the log of the worker says why."


@task()
def look_at_places(handed: int) -> None:
    """Look at a file that was handed in."""
    _carry_out(handed, operations.look)


@task()
def bring_in_places(handed: int) -> None:
    """Bring in a list of which the columns are chosen."""
    _carry_out(handed, operations.bring_in)


@task()
def make_plan(plan: int) -> None:
    """Make a plan that somebody asked for; one that was called off is passed over."""
    run = PlanRun.objects.select_related("initiative", "by").filter(pk=plan).first()
    if run is None:
        return
    try:
        operations.make_plan(run)
    except Exception:
        operations.refuse_plan(run, InputError(BROKE_OFF))
        raise


def _carry_out(pk: int, work: Callable[[PlaceList], PlaceList]) -> None:
    handed = PlaceList.objects.select_related("initiative", "by").get(pk=pk)
    try:
        work(handed)
    except Exception:
        handed.refresh_from_db()
        operations.refuse(handed, InputError(BROKE_OFF))
        raise
