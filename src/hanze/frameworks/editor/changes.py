"""What was filled in on a page of the editor, as changes of the draft's text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _

from hanze.frameworks.editor.pointers import read, written
from hanze.frameworks.problems import said
from hanze.frameworks.words import language
from hanze.policy.editing import EditError, Path, Plain, insert, move, plain, remove, set_value, value_at

VALUE, CHOSEN = "value:", "list:"
# What may be left out goes as a whole when the last of it is emptied.
MAY_GO = {"ask", "help", "note", "otherwise"}


@dataclass(frozen=True)
class Applied:
    """A text after changes, and the place that the last of them was about."""

    text: str
    place: str


def apply(text: str, posted: QueryDict) -> Applied:
    """Every field that was filled in otherwise than the text has it, and then what its button asks.

    Raises ValidationError, keyed by the field's name, for what cannot be done.
    """
    data = plain(text)
    place = ""
    for name in posted:
        if name.startswith((VALUE, CHOSEN)):
            pointer = name.split(":", 1)[1]
            path = read(pointer, data)
            wanted = _chosen(posted, name) if name.startswith(CHOSEN) else " ".join(posted[name].split("\n")).strip()
            changed = _tried(pointer, text, path, wanted)
            if changed != text:
                text, place = changed, pointer
                data = plain(text)
    asked = posted.get("do", "")
    return _done(text, data, asked, posted) if asked else Applied(text, place)


def with_value(text: str, path: Path, value: Plain) -> str:
    """The text with a value filled in, or without it when it was emptied. Raises EditError."""
    if value not in ("", []):
        return set_value(text, path, value)
    if value_at(plain(text), path) is None:
        return text
    text = remove(text, path)
    above = path[:-1]
    if above and above[-1] in MAY_GO and value_at(plain(text), above) == {}:
        text = remove(text, above)
    return text


def _chosen(posted: QueryDict, name: str) -> list[str]:
    return [each for each in posted.getlist(name) if each]


def _tried(pointer: str, text: str, path: Path, wanted: Plain) -> str:
    current = value_at(plain(text), path)
    if current == wanted or (current in (None, []) and wanted in ("", [])):
        return text
    try:
        return with_value(text, path, wanted)
    except EditError as error:
        raise ValidationError({pointer: said(str(error), language()).text}) from error


def _done(text: str, data: Plain, asked: str, posted: QueryDict) -> Applied:
    """What a button asks: `up`, `down`, `remove` or `add`, and of what."""
    action, _colon, pointer = asked.partition(":")
    path = read(pointer, data)
    try:
        if action == "remove":
            return Applied(remove(text, path), written(path[:-1]))
        if action in ("up", "down"):
            by = -1 if action == "up" else 1
            moved = move(text, path, by)
            place = (*path[:-1], int(path[-1]) + by) if isinstance(path[-1], int) and moved != text else path
            return Applied(moved, written(place))
        if action == "add":
            return _added(text, data, path, posted.get(f"name:{pointer}", "").strip())
    except EditError as error:
        raise ValidationError({pointer: said(str(error), language()).text}) from error
    raise ValidationError(_("This cannot be done here."))


def _added(text: str, data: Plain, path: Path, name: str) -> Applied:
    if path[-1] == "rules":
        rules = value_at(data, path)
        at = len(rules) if isinstance(rules, list) else 0
        return Applied(insert(text, path, at, _new_rule(data, path)), written((*path, at)))
    if not name:
        raise ValidationError({written(path): _("Give it a name first: letters, digits and hyphens.")})
    taken = value_at(data, path)
    names = [each.get("id") for each in taken] if isinstance(taken, list) else list(taken or ())
    if name in names:
        raise ValidationError({written(path): _("There is one with the name %(name)s already.") % {"name": name}})
    new = _template(str(path[-1]), name, data)
    if isinstance(taken, list):
        key = "from" if path[-1] == "values" else "id"
        return Applied(insert(text, path, len(taken), {key: name, **new}), written((*path, len(taken))))
    return Applied(set_value(text, (*path, name), new), written((*path, name)))


def _new_rule(data: Plain, path: Path) -> Plain:
    table = value_at(data, path[:-1])
    table = table if isinstance(table, dict) else {}
    if path[0] == "derived":
        taken = [rule.get("id") for rule in table.get("rules", [])]
        return {"id": _free(f"{path[1]}-new".replace(" ", "-"), taken), "when": {}, "then": ""}
    every = [rule.get("id") for each in data.get("tables", []) for rule in each.get("rules", [])]
    return {
        "id": _free(f"{table.get('id', 'rule')}-new", every),
        "when": {},
        "then": {"advice": _first(data, "scale")},
        "because": {"nl": "", "en": ""},
        "source": table.get("source") or _new_source(data),
        "status": "inferred",
    }


def _free(name: str, taken: Iterable[str]) -> str:
    used = set(taken)
    number = 2
    free = name
    while free in used:
        free, number = f"{name}-{number}", number + 1
    return free


def _first(data: Plain, key: str) -> str:
    """The name of the first thing that a part of the framework declares."""
    part = data.get(key)
    if isinstance(part, dict):
        return next(iter(part), "")
    return str(part[0].get("id", "")) if isinstance(part, list) and part else ""


def _new_source(data: Plain) -> Plain:
    return {"document": _first(data, "sources"), "section": ""}


def _template(kind: str, name: str, data: Plain) -> Plain:
    """What a new thing of a kind begins with; what is empty is asked for by the check."""
    words = {"nl": "", "en": ""}
    sourced = {"source": _new_source(data), "status": "inferred"}
    if kind == "facts":
        return {"label": words, "type": "boolean", "ask": words}
    if kind == "derived":
        return {"label": words, "type": "number", "is": "", **sourced}
    if kind == "parameters":
        return {"label": words, "type": "number", "values": []}
    if kind == "values":
        return {"value": "", **sourced}
    if kind == "lists":
        return {"title": words, "date": "", **sourced, "items": {}}
    if kind == "measures":
        line = _first(data, "tables")
        return {"label": words, "description": words, "moment": "before", "per": "activity", "line": line, **sourced}
    if kind == "sources":
        return {"title": words}
    if kind == "scale":
        return {"kind": "escalate", "label": words, "decided_by": _first(data, "deciders")}
    if kind == "tables":
        number = str(len(data.get("tables", [])) + 1)
        head = {"kind": "protocol", "number": number, "line": words, "text": words, "hit": "collect"}
        return {**head, **sourced, "rules": []}
    return words
