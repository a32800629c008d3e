"""Fail when a text of the interface has no Dutch translation, two of them, or is not marked for translation at all.

Extracts all texts anew with Django's makemessages (needs gettext) into a copy of the source, compares with the
catalogues that are kept, and looks in templates for words outside translation tags.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "hanze"
# Names that are the same in every language.
SAME_EVERYWHERE = {
    "Hanze",
    "Nederlands",
    "English",
    "EUPL-1.2",
    "PDF",
    "DOCX",
    "XLSX",
    "HTML",
    "JSON",
    "Atom",
    "Turtle",
    "LD",
    "CSV",
    "SHA",
    "htmx",
    "ISO",
}
_COMMENTS = re.compile(r"{%\s*comment.*?%}.*?{%\s*endcomment\s*%}|{#.*?#}|<!--.*?-->", re.S)
_BLOCKS = re.compile(r"{%\s*blocktrans(?:late)?\b.*?%}.*?{%\s*endblocktrans(?:late)?\s*%}", re.S)
_CODE = re.compile(r"<(script|style|svg)\b.*?</\1>", re.S)
_TAGS = re.compile(r"{%.*?%}|{{.*?}}|&\w+;", re.S)
_ELEMENT = re.compile(r"<[^>]*>", re.S)
_READ_ALOUD = re.compile(r'(?:aria-label|placeholder|title|alt)="([^"]*)"')
_WORD = re.compile(r"[A-Za-zÀ-ÿ]{2,}")


def untranslated(app: Path) -> Iterator[str]:
    """The texts of an app that its Dutch catalogue lacks, or has empty or doubtful."""
    catalogue = app / "locale/nl/LC_MESSAGES/django.po"
    kept = polib.pofile(str(catalogue)) if catalogue.exists() else []
    known = {(entry.msgctxt, entry.msgid) for entry in kept if entry.translated() and "fuzzy" not in entry.flags}
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / app.name
        shutil.copytree(app, copy, ignore=shutil.ignore_patterns("*.mo", "__pycache__", "static", "fonts"))
        _make_messages(copy)
        extracted = copy / "locale/nl/LC_MESSAGES/django.po"
        for entry in polib.pofile(str(extracted)) if extracted.exists() else []:
            if not entry.obsolete and (entry.msgctxt, entry.msgid) not in known:
                yield f"{app.name}: no Dutch for “{entry.msgid}”"


def at_odds(apps: list[Path]) -> Iterator[str]:
    """Texts that two apps translate differently: the catalogues become one, so that only one of the two would show."""
    given: dict[tuple[str | None, str], dict[str, str]] = {}
    for app in apps:
        catalogue = app / "locale/nl/LC_MESSAGES/django.po"
        for entry in polib.pofile(str(catalogue)) if catalogue.exists() else []:
            words = entry.msgstr or str(entry.msgstr_plural)
            given.setdefault((entry.msgctxt, entry.msgid), {})[app.name] = words
    for (_context, text), words in given.items():
        if len(set(words.values())) > 1:
            yield f"“{text}” is translated differently: {words}"


def unmarked(template: Path) -> Iterator[str]:
    """Words in a template that stand outside translation tags."""
    text = template.read_text(encoding="utf-8")
    for pattern in (_COMMENTS, _BLOCKS, _CODE):
        text = pattern.sub(" ", text)
    text = _TAGS.sub(" ", text)
    visible = [_ELEMENT.sub(" ", text), *_READ_ALOUD.findall(text)]
    for word in (word for part in visible for word in _WORD.findall(part)):
        if word not in SAME_EVERYWHERE:
            yield f"{template.relative_to(ROOT)}: “{word}” is not marked for translation"


def _make_messages(app: Path) -> None:
    command = [
        sys.executable,
        "-P",
        "-m",
        "django",
        "makemessages",
        "-l",
        "nl",
        "--no-location",
        "--no-obsolete",
        "-v",
        "0",
    ]
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    done = subprocess.run(command, cwd=app, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"makemessages failed in {app.name} (is gettext installed?): {done.stderr}")


def main() -> int:
    apps = sorted(path.parent for path in SOURCE.glob("*/locale"))
    findings = [finding for app in apps for finding in untranslated(app)]
    findings.extend(at_odds(apps))
    for template in sorted(SOURCE.glob("**/templates/**/*.html")):
        findings.extend(unmarked(template))
    for finding in findings:
        print(finding)
    print(f"{len(findings)} findings about translations in {len(apps)} apps.")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
