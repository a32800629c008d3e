"""Every change of a draft: started from a version, edited step by step, offered, and approved by somebody else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hanze.accounts.models import User
from hanze.accounts.permissions import require
from hanze.audit.log import record
from hanze.frameworks import checking, library
from hanze.frameworks.editor.pointers import named
from hanze.frameworks.models import Draft, DraftStep, PublishedVersion
from hanze.frameworks.prepared import common_cases
from hanze.frameworks.problems import said
from hanze.frameworks.replaying import replay
from hanze.frameworks.words import language
from hanze.policy import Framework, FrameworkError
from hanze.policy.editing import EditError, plain, set_value, value_at

CONFLICT = "conflict"


@dataclass(frozen=True)
class Edited:
    """What an edit makes of a draft, and the place that it was about."""

    text: str
    scenarios: dict[str, str]
    place: str


@transaction.atomic
def start_draft(base: Framework, *, by: User | None, version: date, in_force_from: date, title: str, why: str) -> Draft:
    """Start a draft from an installed version, with its text and scenarios.

    Raises PermissionDenied, ValidationError (a version of that date exists or is being made; a title is missing).
    """
    require(by, "frameworks.start_draft")
    _refuse_taken(base.id, version)
    text, scenarios = library.source_of(base)
    draft = Draft(
        framework=base.id,
        based_on=base.version,
        version=version,
        in_force_from=in_force_from,
        title=title.strip(),
        why=why.strip(),
        text=_dated(text, version, in_force_from),
        scenarios={name: _for_version(content, base.version, version) for name, content in scenarios.items()},
        started_by=by,
        changed_by=by,
    )
    draft.full_clean(exclude=["scenarios"])
    draft.save()
    if by is not None:
        draft.editors.add(by)
    DraftStep.objects.create(draft=draft, number=0, text=draft.text, scenarios=draft.scenarios, by=by)
    record("framework-draft.started", by=by, subject=draft, reason=draft.why)
    return draft


@transaction.atomic
def change_draft(draft: Draft, *, by: User | None, revision: int, edit: Callable[[Draft], Edited]) -> Draft:
    """Give a draft what `edit` makes of it, as a step that can be taken back; steps that were undone go.

    `revision` is the one that was seen when it was edited. Raises PermissionDenied, ValidationError (with code
    "conflict" when somebody changed the draft since or it is not open any more; whatever `edit` raises).
    """
    kept = _open(draft, by, revision)
    edited = edit(kept)
    if (edited.text, edited.scenarios) == (kept.text, kept.scenarios):
        return kept
    kept.steps.filter(number__gt=kept.at_step).delete()
    kept.at_step += 1
    step = DraftStep(draft=kept, number=kept.at_step, by=by)
    step.text, step.scenarios, step.place = edited.text, edited.scenarios, edited.place
    step.save()
    return _stepped(kept, step, by)


@transaction.atomic
def step_draft(draft: Draft, *, by: User | None, revision: int, forward: bool = False) -> Draft:
    """Take the last step back, or do the next one again. Raises PermissionDenied, ValidationError as `change_draft`."""
    kept = _open(draft, by, revision)
    number = kept.at_step + (1 if forward else -1)
    step = kept.steps.filter(number=number).first()
    if step is None:
        return kept
    place = step.place if forward else kept.steps.get(number=kept.at_step).place
    kept.at_step = number
    step.place = place
    return _stepped(kept, step, by)


@transaction.atomic
def offer_draft(draft: Draft, *, by: User | None) -> Draft:
    """Offer a draft for approval; from then on it stands still. What it would have changed is counted and kept.

    Raises PermissionDenied, ValidationError (something is wrong in it, or a scenario fails).
    """
    kept = _locked(draft, by, "frameworks.offer_draft", Draft.EDITABLE)
    framework = _publishable(kept)
    kept.state, kept.offered_by, kept.offered_at = Draft.State.OFFERED, by, timezone.now()
    kept.replayed = _replayed(kept, framework)
    _save(kept)
    record("framework-draft.offered", by=by, subject=kept)
    return kept


@transaction.atomic
def return_draft(draft: Draft, *, by: User | None, because: str) -> Draft:
    """Give an offered draft back to be edited. Raises PermissionDenied, ValidationError (no reason was given)."""
    kept = _locked(draft, by, "frameworks.return_draft", (Draft.State.OFFERED,))
    _require_reason(because)
    kept.state = Draft.State.RETURNED
    _save(kept)
    record("framework-draft.returned", by=by, subject=kept, reason=because.strip())
    return kept


@transaction.atomic
def withdraw_draft(draft: Draft, *, by: User | None, because: str) -> Draft:
    """End a draft that will not become a version. Raises PermissionDenied, ValidationError (no reason was given)."""
    kept = _locked(draft, by, "frameworks.withdraw_draft", Draft.UNDER_WAY)
    _require_reason(because)
    kept.state = Draft.State.WITHDRAWN
    _save(kept)
    record("framework-draft.withdrawn", by=by, subject=kept, reason=because.strip())
    return kept


@transaction.atomic
def approve_draft(draft: Draft, *, by: User | None) -> PublishedVersion:
    """Make an offered draft a version that is installed from now on and never changed.

    The text is checked again. Raises PermissionDenied (also for whoever edited it), ValidationError.
    """
    kept = _locked(draft, by, "frameworks.approve_draft", (Draft.State.OFFERED,))
    framework = _publishable(kept)
    version = PublishedVersion(
        framework=framework.id,
        version=framework.version,
        text=kept.text,
        scenarios=kept.scenarios,
        content_hash=framework.content_hash,
        draft=kept,
        approved_by=by,
    )
    try:
        version.save()
    except IntegrityError as error:
        raise ValidationError(_("There is a version of this date already. Give this one another date.")) from error
    kept.state = Draft.State.APPROVED
    _save(kept)
    record("framework-draft.approved", by=by, subject=kept, content_hash=framework.content_hash)
    return version


def obstacles(draft: Draft) -> list[str]:
    """Why a draft cannot become a version as it stands, in plain words; none when it can."""
    checked = checking.check(draft)
    if checked.framework is None:
        return [_("Something is wrong in the text of the framework.")]
    found: list[str] = []
    framework, trial = checked.framework, checked.trial
    if framework.id != draft.framework:
        found.append(_("The text is of another framework. Give it the name %(name)s.") % {"name": draft.framework})
    if library.get(framework.id, framework.version):
        found.append(_("There is a version of this date already. Give this one another date."))
    if framework.in_force_from < timezone.localdate():
        found.append(_("A version cannot be in force from a day that has passed: choose today or a later day."))
    if checked.doubts_of("error"):
        found.append(_("There are rules that can never count. Mend them or take them out."))
    if trial.problems:
        found.append(_("The scenarios cannot be read."))
    elif not trial.results:
        found.append(_("There are no scenarios. Write at least one, so that it shows what the rules are to do."))
    elif not trial.in_order:
        found.append(_("Not every scenario passes."))
    return found


def _replayed(draft: Draft, framework: Framework) -> dict[str, Any]:
    base = library.get(draft.framework, draft.based_on)
    return replay(common_cases(base), framework, None).summary() if base else {}


def _publishable(draft: Draft) -> Framework:
    found = obstacles(draft)
    framework = checking.check(draft).framework
    if found or framework is None:
        raise ValidationError(found)
    return framework


def _refuse_taken(framework_id: str, version: date) -> None:
    if library.get(framework_id, version):
        raise ValidationError({"version": _("There is a version of this date already. Choose another date.")})
    if Draft.objects.filter(framework=framework_id, version=version, state__in=Draft.UNDER_WAY).exists():
        raise ValidationError({"version": _("There is a draft with this date already. Choose another date.")})


def _require_reason(because: str) -> None:
    if not because.strip():
        raise ValidationError({"because": _("Say why.")})


def _locked(draft: Draft, by: User | None, permission: str, states: tuple[str, ...]) -> Draft:
    """The draft as it stands in the database, locked, when this person may do this with it in one of these states."""
    kept = Draft.objects.select_for_update().get(pk=draft.pk)
    require(by, permission, kept)
    if kept.state not in states:
        words = {"state": kept.get_state_display()}
        raise ValidationError(_("This cannot be done now: the draft is %(state)s.") % words, code=CONFLICT)
    return kept


def _open(draft: Draft, by: User | None, revision: int) -> Draft:
    kept = _locked(draft, by, "frameworks.change_draft", Draft.EDITABLE)
    if kept.revision != revision:
        who = kept.changed_by.name if kept.changed_by else "Hanze"
        message = _("%(who)s changed this draft while you were writing. Your text is not lost.") % {"who": who}
        raise ValidationError(message, code=CONFLICT)
    return kept


def _stepped(draft: Draft, step: DraftStep, by: User | None) -> Draft:
    """The draft as a step has it."""
    draft.text, draft.scenarios = step.text, step.scenarios
    draft.changed_by, draft.changed_at = by, timezone.now()
    dates = _dates_in(draft.text)
    draft.version = dates.get("version", draft.version)
    draft.in_force_from = dates.get("in_force_from", draft.in_force_from)
    _save(draft)
    if by is not None:
        draft.editors.add(by)
    record("framework-draft.changed", by=by, subject=draft, place=_place(step), step=draft.at_step)
    return draft


def _place(step: DraftStep) -> str:
    """What a step was about, as the log says it."""
    if step.place.startswith("page:"):
        return step.place.removeprefix("page:")
    return named(step.place, step.text) or step.place


def _save(draft: Draft) -> None:
    draft.revision += 1
    draft.save()


def _dates_in(text: str) -> dict[str, date]:
    """The dates that a text gives itself, as far as it can be read."""
    try:
        data = plain(text)
    except FrameworkError:
        return {}
    written: dict[str, Any] = {
        "version": value_at(data, ("version",)),
        "in_force_from": value_at(data, ("in_force", "from")),
    }
    found: dict[str, date] = {}
    for name, value in written.items():
        try:
            found[name] = date.fromisoformat(str(value))
        except ValueError:
            continue
    return found


def _dated(text: str, version: date, in_force_from: date) -> str:
    try:
        text = set_value(text, ("version",), version.isoformat())
        return set_value(text, ("in_force", "from"), in_force_from.isoformat())
    except EditError as error:
        raise ValidationError({"version": said(str(error), language()).text}) from error


def _for_version(scenarios: str, base: date, version: date) -> str:
    """Scenarios that are limited to the version that a draft starts from hold for the draft instead."""
    try:
        limited = value_at(plain(scenarios), ("versions",)) or []
        if base.isoformat() in limited:
            return set_value(scenarios, ("versions", limited.index(base.isoformat())), version.isoformat())
    except (FrameworkError, EditError):
        pass
    return scenarios
