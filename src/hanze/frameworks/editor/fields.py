"""One field of the editor: a value in the YAML with its label, its control, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from django.utils.translation import gettext as _

from hanze.frameworks.checking import Check, Finding
from hanze.frameworks.editor.pointers import written
from hanze.frameworks.editor.words import LABELS, said
from hanze.policy.editing import Path, Plain, value_at

Widget = Literal["line", "prose", "select", "checks", "date", "cell", "fixed"]
BOTH = ("nl", "en")
PARTS = (*BOTH, "document", "section")
LONG = {"text", "description", "summary", "because", "help", "note"}


@dataclass(frozen=True)
class Option:
    value: str
    label: str


@dataclass(frozen=True)
class Field:
    """A control: `about` says what it belongs to, for whom cannot see where it stands."""

    id: str
    label: str
    about: str
    value: str
    chosen: tuple[str, ...]
    widget: Widget
    options: tuple[Option, ...] = ()
    language: str = ""
    finding: Finding | None = None
    reading: str = ""
    suggestions: str = ""

    @property
    def all_options(self) -> tuple[Option, ...]:
        """The options, with the value that is there when it is none of them."""
        strange = {self.value, *self.chosen} - {option.value for option in self.options} - {""}
        return (*(Option(each, each) for each in sorted(strange)), *self.options)


@dataclass(frozen=True)
class Editing:
    """What the fields of a page are made from: the data of the draft's text and what is known of it."""

    data: Plain
    check: Check
    read_only: bool

    def field(
        self,
        path: Path,
        widget: Widget = "line",
        *,
        label: str = "",
        about: str = "",
        options: Iterable[Option] = (),
        **more: Any,
    ) -> Field:
        """The field of the value at a path; empty when nothing stands there."""
        value = value_at(self.data, path)
        return Field(
            id=written(path),
            label=label or str(LABELS.get(str(path[-1]), path[-1])),
            about=about,
            value=value if isinstance(value, str) else "",
            chosen=tuple(str(each) for each in value) if isinstance(value, list) else (),
            widget=widget,
            options=tuple(options),
            finding=self.finding(path, empty=not value),
            **more,
        )

    def finding(self, path: Path, empty: bool) -> Finding | None:
        """What is wrong with a value; an empty part of a text or a source that is missing altogether, too."""
        found = self.check.at(path)
        if found is None and empty and path[-1] in PARTS:
            found = self.check.exactly_at(path[:-1])
        if found is None and path[-2:] == ("then", "advice"):
            found = self.check.exactly_at(path[:-1])
        return found

    def text(self, path: Path, about: str = "", label: str = "") -> list[Field]:
        """The fields of a text in both languages."""
        key = str(path[-1])
        widget: Widget = "prose" if key in LONG else "line"
        name = label or str(LABELS.get(key, key))
        names = {"nl": _("%(label)s, in Dutch"), "en": _("%(label)s, in English")}
        return [
            self.field((*path, each), widget, label=names[each] % {"label": name}, about=about, language=each)
            for each in BOTH
        ]

    def source(self, path: Path, about: str = "") -> list[Field]:
        """The fields of a source: its document and the section in it, with words or the same in both languages."""
        fields = [self.field((*path, "document"), "select", about=about, options=self.named("sources"))]
        section = value_at(self.data, (*path, "section"))
        if isinstance(section, dict):
            return [*fields, *self.text((*path, "section"), about)]
        return [*fields, self.field((*path, "section"), about=about)]

    def named(self, key: str) -> list[Option]:
        """What a part of the framework declares, by its id with its words."""
        part = self.data.get(key) if isinstance(self.data, dict) else None
        if isinstance(part, dict):
            return [Option(name, _words(name, each)) for name, each in part.items()]
        items = part if isinstance(part, list) else []
        return [Option(str(each.get("id", "")), _words(str(each.get("id", "")), each)) for each in items if _is(each)]

    def unknown(self, path: Path, known: Iterable[str], about: str = "") -> list[Field]:
        """Fields for whatever stands at a path under another key than those that are known."""
        data = value_at(self.data, path)
        names = set(known)
        found: list[Field] = []
        for key, value in data.items() if isinstance(data, dict) else ():
            if key in names:
                continue
            if isinstance(value, str):
                found.append(self.field((*path, key), "prose" if len(value) > 80 else "line", about=about))
            elif isinstance(value, dict) and set(value) <= set(BOTH):
                found += self.text((*path, key), about)
            elif isinstance(value, dict) and set(value) == {"document", "section"}:
                found += self.source((*path, key), about)
            else:
                found.append(self.field((*path, key), "fixed", about=about, reading=_outline(value)))
        return found


Maker = Callable[[Editing, Path, str], list[Field]]


def _is(value: Any) -> bool:
    return isinstance(value, Mapping)


def _words(name: str, each: Plain) -> str:
    if isinstance(each, dict):
        for key in ("label", "title", "line"):
            if isinstance(each.get(key), dict):
                return said(each[key]) or name
        if set(each) <= set(BOTH):
            return said(each) or name
    return name


def _outline(value: Plain) -> str:
    """A structure that has no fields of its own, in short."""
    if isinstance(value, dict):
        return ", ".join(str(key) for key in value)
    return ", ".join(each if isinstance(each, str) else "…" for each in value) if isinstance(value, list) else value
