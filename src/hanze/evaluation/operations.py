"""Every change of an evaluation: one function each, with its permission and its event."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.forms.models import model_to_dict
from django.utils.translation import gettext as _

from hanze.accounts.language import language_in_force
from hanze.accounts.models import User
from hanze.accounts.permissions import require
from hanze.audit.log import changes, record
from hanze.evaluation import frozen
from hanze.evaluation.audience import Audience
from hanze.evaluation.figures import definitions
from hanze.evaluation.models import Evaluation, EvaluationText, Recommendation, RecordedYear, Snapshot
from hanze.evaluation.records import Records
from hanze.evaluation.scope import Scope
from hanze.evaluation.sections import text_sections
from hanze.reporting import Figure
from hanze.reporting.prose import insert_figures


@transaction.atomic
def create_evaluation(*, by: User | None, team: Iterable[User] = (), **fields: Any) -> Evaluation:
    """Make an evaluation from the model's fields. Raises PermissionDenied, ValidationError."""
    require(by, "evaluation.create_evaluation")
    evaluation = Evaluation(**fields)
    _check(evaluation)
    evaluation.save()
    evaluation.team.set(team)
    record("evaluation.created", by=by, subject=evaluation)
    return evaluation


@transaction.atomic
def change_evaluation(evaluation: Evaluation, *, by: User | None, team: Any = None, **fields: Any) -> Evaluation:
    """Change fields of an evaluation. Raises PermissionDenied, ValidationError."""
    require(by, "evaluation.change_evaluation", evaluation)
    before = _plain(evaluation)
    for name, value in fields.items():
        setattr(evaluation, name, value)
    _check(evaluation)
    evaluation.save()
    if team is not None:
        evaluation.team.set(team)
    record("evaluation.changed", by=by, subject=evaluation, changes=changes(before, _plain(evaluation)))
    return evaluation


@transaction.atomic
def write_text(
    evaluation: Evaluation, *, by: User | None, section: str, text_nl: str = "", text_en: str = ""
) -> EvaluationText:
    """Write the text of a section, in Markdown with figures as `{{ key }}`; two empty texts take it away.

    Raises PermissionDenied, and ValidationError at `section` for one that the report does not have, or at the
    text that names a figure that does not exist, with the key that looks most like it.
    """
    require(by, "evaluation.change_evaluation", evaluation)
    records = Records(Scope.of(evaluation), by, evaluation)
    titles = {each.key: each.title for each in text_sections(records)}
    if section not in titles:
        raise ValidationError({"section": _("The report has no section “%(section)s”.") % {"section": section}})
    _check_figures(records, text_nl=text_nl, text_en=text_en)
    written = {"text_nl": text_nl.strip(), "text_en": text_en.strip(), "updated_by": by}
    text, _made = EvaluationText.objects.update_or_create(evaluation=evaluation, section=section, defaults=written)
    record("evaluation.text_written", by=by, subject=evaluation, section=titles[section])
    return text


@transaction.atomic
def recommend(
    evaluation: Evaluation | None, *, by: User | None, number: int | None = None, **fields: Any
) -> Recommendation:
    """Record a recommendation of an evaluation, numbered after the last one unless `number` is given.

    Without `evaluation` it belongs to an evaluation from before Hanze: `year` and `country` then say which.
    Raises PermissionDenied, ValidationError.
    """
    if evaluation is not None:
        require(by, "evaluation.change_evaluation", evaluation)
        fields = {"year": evaluation.period_end.year, "country": evaluation.country, **fields}
    else:
        require(by, "evaluation.create_evaluation")
    recommendation = Recommendation(evaluation=evaluation, number=number or 1, **fields)
    if number is None:
        recommendation.number = _next_number(recommendation)
    recommendation.full_clean()
    recommendation.save()
    record("recommendation.made", by=by, subject=recommendation, case=evaluation)
    return recommendation


@transaction.atomic
def change_recommendation(recommendation: Recommendation, *, by: User | None, **fields: Any) -> Recommendation:
    """Change the words or the number of a recommendation. Raises PermissionDenied, ValidationError."""
    _require_recommendation(by, recommendation)
    before = model_to_dict(recommendation)
    for name, value in fields.items():
        setattr(recommendation, name, value)
    recommendation.full_clean()
    recommendation.save()
    changed = changes(before, model_to_dict(recommendation))
    record("recommendation.changed", by=by, subject=recommendation, case=recommendation.evaluation, changes=changed)
    return recommendation


@transaction.atomic
def remove_recommendation(recommendation: Recommendation, *, by: User | None) -> None:
    """Take a recommendation away. Raises PermissionDenied."""
    _require_recommendation(by, recommendation)
    text = recommendation.text_nl
    record("recommendation.removed", by=by, subject=recommendation, case=recommendation.evaluation, text=text)
    recommendation.delete()


@transaction.atomic
def follow_up(
    recommendation: Recommendation,
    *,
    by: User | None,
    state: str,
    on: date,
    text_nl: str = "",
    text_en: str = "",
) -> Recommendation:
    """Record what became of a recommendation. Raises PermissionDenied, ValidationError (a reason is missing)."""
    _require_recommendation(by, recommendation)
    if state == Recommendation.FollowUp.DROPPED and not text_nl.strip():
        raise ValidationError({"follow_up_nl": _("Say why it was dropped.")})
    before = recommendation.follow_up
    recommendation.follow_up = state
    recommendation.follow_up_on = on
    recommendation.follow_up_nl = text_nl.strip()
    recommendation.follow_up_en = text_en.strip()
    recommendation.full_clean()
    recommendation.save()
    changed = {"follow_up": [before, state]}
    case = recommendation.evaluation
    record("recommendation.followed_up", by=by, subject=recommendation, case=case, changes=changed)
    return recommendation


@transaction.atomic
def freeze(
    evaluation: Evaluation, *, by: User | None, audience: Audience | str | None = None, note: str = ""
) -> Snapshot:
    """Keep the report as it is now, in both languages, as `audience` may see it (the evaluation's own by default).

    Raises PermissionDenied, ValidationError (an audience that does not exist).
    """
    require(by, "evaluation.freeze_evaluation", evaluation)
    try:
        chosen = Audience(audience or Audience.of(evaluation))
    except ValueError as error:
        raise ValidationError({"audience": _("Choose for whom the frozen copy is.")}) from error
    content = frozen.content_of(evaluation, chosen)
    snapshot = Snapshot(
        evaluation=evaluation,
        frozen_by=by,
        content=content,
        content_hash=frozen.hash_of(content),
        note=note.strip(),
    )
    snapshot.full_clean(exclude=["frozen_by"])
    snapshot.save()
    record("evaluation.frozen", by=by, subject=evaluation, hash=snapshot.content_hash, audience=chosen.value)
    return snapshot


@transaction.atomic
def record_year(year: int, *, by: User | None, **fields: Any) -> RecordedYear:
    """Mark a year as covered by the register. Raises PermissionDenied, ValidationError (a year twice)."""
    require(by, "evaluation.change_recorded_years")
    recorded = RecordedYear(year=year, **fields)
    recorded.full_clean()
    recorded.save(force_insert=True)
    record("recorded_year.added", by=by, subject=recorded)
    return recorded


@transaction.atomic
def change_recorded_year(recorded: RecordedYear, *, by: User | None, note: str) -> RecordedYear:
    """Change the note with a recorded year. Raises PermissionDenied."""
    require(by, "evaluation.change_recorded_years")
    before, recorded.note = recorded.note, note
    recorded.save()
    record("recorded_year.changed", by=by, subject=recorded, changes={"note": [before, note]})
    return recorded


@transaction.atomic
def forget_year(recorded: RecordedYear, *, by: User | None) -> None:
    """Mark a year as not covered: its figures become “not recorded”. Raises PermissionDenied."""
    require(by, "evaluation.change_recorded_years")
    record("recorded_year.removed", by=by, subject=recorded)
    recorded.delete()


def _check(evaluation: Evaluation) -> None:
    evaluation.full_clean()
    country, region = evaluation.country, evaluation.region
    if region and country and region.country_id != country.pk:
        raise ValidationError({"region": _("This region does not lie in that country.")})


def _check_figures(records: Records, **texts: str) -> None:
    """Refuse placeholders that name no figure, in the language of the reader."""
    known = {key: Figure(key, "", 0) for key in definitions(records)}
    language = language_in_force()
    errors: dict[str, list[str]] = {}
    for name, text in texts.items():
        _text, problems = insert_figures(text, known, language)
        if problems:
            errors[name] = [problem.message(language) for problem in problems]
    if errors:
        raise ValidationError(errors)


def _next_number(recommendation: Recommendation) -> int:
    beside = Recommendation.objects.filter(
        evaluation=recommendation.evaluation, year=recommendation.year, country=recommendation.country
    )
    return (beside.aggregate(last=Max("number"))["last"] or 0) + 1


def _require_recommendation(by: User | None, recommendation: Recommendation) -> None:
    if recommendation.evaluation is not None:
        require(by, "evaluation.change_evaluation", recommendation.evaluation)
    else:
        require(by, "evaluation.create_evaluation")


def _plain(evaluation: Evaluation) -> dict[str, Any]:
    return model_to_dict(evaluation, exclude=["team"])
