"""Reads of applications that more than one place needs."""

from __future__ import annotations

from django.db.models import Count, Max, Q, QuerySet
from django.utils import timezone

from hanze.connections.models import Application, Call


def applications() -> QuerySet[Application]:
    """All applications, with the number of tokens that hold (`active`) and when one was last used (`used_at`)."""
    holds = Q(tokens__revoked_at=None, tokens__expires_on__gte=timezone.localdate())
    return Application.objects.annotate(
        active=Count("tokens", filter=holds, distinct=True), used_at=Max("tokens__last_used_at")
    ).order_by("closed_at", "name")


def calls_of(application: Application) -> QuerySet[Call]:
    """What an application asked, latest first."""
    return Call.objects.filter(token__application=application).select_related("token")
