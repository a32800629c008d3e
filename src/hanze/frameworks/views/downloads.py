"""A framework as a file."""

from __future__ import annotations

from django.http import HttpResponse


def yaml_response(text: str, name: str) -> HttpResponse:
    """A YAML text to be kept as a file of this name."""
    response = HttpResponse(text, content_type="application/yaml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
