"""A plan is asked for, made by the worker, called off or removed, and asked for again to see whether it is the same."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _

from hanze.accounts.models import User
from hanze.accounts.permissions import require
from hanze.areas.models import Initiative, PlanRun
from hanze.areas.planning import Assumptions
from hanze.areas.planning.choosing import chosen_areas
from hanze.areas.words import as_kept, in_words
from hanze.audit.log import record
from hanze.clusters.problems import Cancelled, InputError

if TYPE_CHECKING:
    from hanze.areas.planning.computing import Made

CHANGE = "areas.change_initiative"
State = PlanRun.State
TELL_EVERY = 0.5


@transaction.atomic
def ask_plan(
    initiative: Initiative,
    *,
    by: User | None,
    title: str,
    assumptions: Assumptions,
    seed: int = 0,
    repeats: PlanRun | None = None,
) -> PlanRun:
    """Ask for a plan; `make_plan` makes it. Raises PermissionDenied, ValidationError keyed by assumption."""
    require(by, CHANGE, initiative)
    _check(initiative, assumptions)
    run = PlanRun(initiative=initiative, by=by, title=title, assumptions=assumptions.as_kept(), seed=seed)
    run.repeats = repeats
    run.full_clean()
    run.save()
    record("plan.asked", by=by, subject=run, case=initiative, seed=seed)
    return run


def repeat_plan(run: PlanRun, *, by: User | None) -> PlanRun:
    """Ask for the same again: the same assumptions and seed, on what is known now. Raises PermissionDenied,
    ValidationError.
    """
    asked = Assumptions.of(run.assumptions)
    return ask_plan(run.initiative, by=by, title=run.title, assumptions=asked, seed=run.seed, repeats=run)


def make_plan(run: PlanRun) -> PlanRun | None:
    """Make a plan that waits, or refuse it with every problem. None when it was called off meanwhile: then nothing of
    it is left. Does nothing when somebody else makes it, or it was made before.
    """
    from hanze.areas.planning import computing, gathering  # only the worker loads the libraries of the engine

    if not PlanRun.objects.filter(pk=run.pk, state=State.WAITING).update(state=State.RUNNING):
        return PlanRun.objects.filter(pk=run.pk).first()
    asked = Assumptions.of(run.assumptions)
    try:
        given = gathering.gather(run.initiative, asked, run.seed)
        made = computing.compute(given, asked, run.seed, _Telling(run.pk))
    except Cancelled:
        return None
    except InputError as error:
        return refuse_plan(run, error)
    return _keep(run, made, given.hashes)


class _Telling:
    """Tells where the work is, now and then, and stops it when the plan is no longer there."""

    def __init__(self, pk: int) -> None:
        self.pk, self.step, self.told = pk, "", 0.0

    def __call__(self, step: str, share: float) -> None:
        now = time.monotonic()
        if step == self.step and now - self.told < TELL_EVERY:
            return
        self.step, self.told = step, now
        if not PlanRun.objects.filter(pk=self.pk, state=State.RUNNING).update(step=step, share=share):
            raise Cancelled


@transaction.atomic
def _keep(run: PlanRun, made: Made, inputs: dict[str, dict[str, object]]) -> PlanRun | None:
    kept = PlanRun.objects.select_for_update().filter(pk=run.pk, state=State.RUNNING).first()
    if kept is None:
        return None
    kept.result, kept.drawing, kept.fingerprint = made.result, made.drawing, made.fingerprint
    kept.inputs, kept.software = inputs, made.software
    kept.state, kept.share, kept.done_at, kept.problems = State.DONE, 1, timezone.now(), []
    kept.save()
    record("plan.done", by=kept.by, subject=kept, case=kept.initiative, fingerprint=made.fingerprint)
    return kept


@transaction.atomic
def refuse_plan(run: PlanRun, error: InputError) -> PlanRun | None:
    """Keep every problem of a plan that cannot be made; None when it was called off meanwhile."""
    kept = PlanRun.objects.select_for_update().filter(pk=run.pk).first()
    if kept is None:
        return None
    kept.state, kept.share = State.REFUSED, 0
    kept.problems = [as_kept(problem) for problem in error.problems]
    kept.save()
    record("plan.refused", by=None, subject=kept, case=kept.initiative, problems=len(kept.problems))
    return kept


@transaction.atomic
def remove_plan(run: PlanRun, *, by: User | None) -> None:
    """Call off a plan that is not made yet, or remove one; nothing of it is left but two lines in the log.

    Raises PermissionDenied, ValidationError (something refers to it).
    """
    require(by, CHANGE, run.initiative)
    name = "plan.cancelled" if run.is_busy else "plan.removed"
    record(name, by=by, subject=run, case=run.initiative)
    try:
        run.delete()
    except ProtectedError as error:
        raise ValidationError(_("A meeting refers to this plan, so it stays.")) from error


def _check(initiative: Initiative, asked: Assumptions) -> None:
    """What can be told before the work starts, at its field."""
    codes = set(initiative.farms.values_list("code", flat=True))
    wrong: dict[str, list[str]] = {}
    if not codes:
        raise ValidationError(_("Bring in the farms first: a plan is made of farms and their parcels."))
    for field, named in (
        ("must", [code for pair in asked.must for code in pair]),
        ("cannot", [code for pair in asked.cannot for code in pair]),
        ("banks", asked.banks),
    ):
        strange = [code for code in dict.fromkeys(named) if code not in codes]
        if strange:
            wrong[field] = [_("There is no farm %(code)s.") % {"code": code} for code in strange]
    both = {frozenset(pair) for pair in asked.must} & {frozenset(pair) for pair in asked.cannot}
    if both:
        pairs = ", ".join(sorted(" – ".join(sorted(pair)) for pair in both))
        wrong["cannot"] = [_("These farms also must be together: %(pairs)s.") % {"pairs": pairs}]
    places = len(codes) - len(set(asked.banks))
    if asked.hubs > places:
        told = {"hubs": asked.hubs, "places": places}
        wrong["hubs"] = [_("You ask for %(hubs)s hubs and there are %(places)s places: the farms.") % told]
    try:
        chosen_areas(initiative, asked.areas)
    except InputError as error:
        wrong["areas"] = [in_words(problem.message) for problem in error.problems]
    if wrong:
        raise ValidationError(wrong)  # type: ignore[arg-type]
