"""What `hanze check` says about the framework files."""

from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage, Error, register

from hanze.frameworks import library


@register()
def check_frameworks(**kwargs: Any) -> list[CheckMessage]:
    """One error for each thing that is wrong in a framework file, with file, line and column."""
    return [
        Error(f"{each.file}:{each.line}:{each.column}: {each.message}", hint=each.hint, id="frameworks.E001")
        for each in library.from_files().problems
    ]
