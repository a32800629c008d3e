"""The room `api` of every app, read when somebody first asks for what stands there."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from django.apps import apps
from django.utils.module_loading import module_has_submodule
from ninja import Router


@cache
def load() -> dict[str, Router]:
    """The routers of all apps, by the beginning of their addresses. Their kinds of records and scopes are known now."""
    routers: dict[str, Router] = {}
    for app in apps.get_app_configs():
        if app.name.startswith("hanze.") and app.label != "connections" and module_has_submodule(app.module, "api"):
            routers |= import_module(f"{app.name}.api").ROUTERS
    return routers
