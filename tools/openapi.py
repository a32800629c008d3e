"""Write docs/openapi.json anew: `python tools/openapi.py`. A test tells when that has to be done."""

import json
import os
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hanze.config.settings.test")
TARGET = Path(__file__).resolve().parent.parent / "docs" / "openapi.json"


def text() -> str:
    """The OpenAPI document as it is committed."""
    from hanze.config.api import document

    return json.dumps(document(), indent=1, ensure_ascii=False, sort_keys=True) + "\n"


if __name__ == "__main__":
    django.setup()
    TARGET.write_text(text())
