"""A framework as a file."""

from __future__ import annotations

from django.http import HttpResponse

from hanze.policy import Framework
from hanze.policy.dmn.exporting import file_name, framework_to_dmn


def yaml_response(text: str, name: str) -> HttpResponse:
    """A YAML text to be kept as a file of this name."""
    response = HttpResponse(text, content_type="application/yaml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def dmn_response(framework: Framework) -> HttpResponse:
    """A framework as a file in the standard DMN 1.3, for other programs."""
    response = HttpResponse(framework_to_dmn(framework), content_type="application/xml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{file_name(framework)}"'
    return response
