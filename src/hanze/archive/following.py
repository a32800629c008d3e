"""Computes the term of a request or activity whenever it, or its decision, is saved."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_save

from hanze.archive.retention import follow
from hanze.casework.models import Decision, Request
from hanze.missions.models import Activity


def connect() -> None:
    post_save.connect(_saved, sender=Request, dispatch_uid="term of a request")
    post_save.connect(_saved, sender=Activity, dispatch_uid="term of an activity")
    post_save.connect(_decided, sender=Decision, dispatch_uid="term of a decided request")


def _saved(sender: Any, instance: Any, raw: bool = False, **kwargs: Any) -> None:
    if not raw:
        follow(instance)


def _decided(sender: Any, instance: Decision, raw: bool = False, **kwargs: Any) -> None:
    if not raw:
        follow(instance.request)
