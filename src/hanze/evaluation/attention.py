"""What evaluations ask of their readers on the Today page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from hanze.accounts.attention import Attention
from hanze.accounts.models import User
from hanze.evaluation.models import Evaluation, Recommendation
from hanze.evaluation.words import title_of

FREEZE_BEFORE = (3, 31)


def attention(reader: User, today: date) -> list[Attention]:
    """Evaluations to freeze in the first quarter after their period, and recommendations that wait for a year."""
    if not reader.has_perm("evaluation.create_evaluation"):
        return []
    return [*_to_freeze(reader, today), *_to_follow_up(reader, today)]


def _to_freeze(reader: User, today: date) -> Iterator[Attention]:
    drafts = Evaluation.objects.visible_to(reader).filter(snapshots=None, period_end__lt=today)
    for evaluation in drafts:
        last_day = date(evaluation.period_end.year + 1, *FREEZE_BEFORE)
        if evaluation.period_end.year + 1 == today.year and today <= last_day:
            yield Attention(
                day=last_day,
                title=title_of(evaluation),
                url=reverse("evaluation:evaluation-detail", args=[evaluation.pk]),
                detail=_("The period is over and the evaluation was not frozen yet."),
                state=_("Draft"),
                tone="unknown",
            )


def _to_follow_up(reader: User, today: date) -> Iterator[Attention]:
    """One line for each evaluation with recommendations that nobody took up, a year after its period."""
    waiting = (Recommendation.FollowUp.OPEN, Recommendation.FollowUp.IN_PROGRESS)
    found = (
        Evaluation.objects.visible_to(reader)
        .filter(recommendations__follow_up__in=waiting, period_end__lte=today - timedelta(days=365))
        .distinct()
    )
    for evaluation in found:
        count = evaluation.recommendations.filter(follow_up__in=waiting).count()
        yield Attention(
            day=evaluation.period_end + timedelta(days=365),
            title=title_of(evaluation),
            url=reverse("evaluation:recommendations", args=[evaluation.pk]),
            detail=_("Recommendations without a known outcome: %(count)s") % {"count": count},
            state=_("Follow up"),
        )
