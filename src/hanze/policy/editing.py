"""Changing a framework's YAML in place: every comment, quote and line that a change is not about stays as it was.

A change is a splice into the text at the marks of the parser. Afterwards the text is read again: it has to say exactly
what was asked, else the change is refused. A path is a tuple of keys and positions: `("tables", 0, "rules", 2, "id")`.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast

import yaml

from hanze.policy.documents import Problems, compose
from hanze.policy.yamltext import Plain, block_item, flow, is_long, key_text, rendered, scalar

Path = tuple[str | int, ...]

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class EditError(Exception):
    """A change that cannot be made in place; it says why in plain words."""


def plain(text: str) -> Plain:
    """What a YAML text says as dicts, lists and strings. Raises FrameworkError when it is not YAML that we read."""
    return copy.deepcopy(_plain(_tree(text)))


def value_at(data: Plain, path: Path) -> Plain | None:
    """What stands at a path in `plain` data; None when nothing does."""
    for key in path:
        known = key in data if isinstance(data, dict) else isinstance(key, int) and key < len(data)
        if isinstance(data, str) or not known:
            return None
        data = cast(Any, data)[key]
    return data


def set_value(text: str, path: Path, value: Plain) -> str:
    """The text with this value at this path; missing keys on the way are added. Raises EditError."""
    text = _ended(text)
    old = plain(text)
    if value_at(old, path) == value:
        return text
    wanted = copy.deepcopy(old)
    _put(wanted, path, value)
    found, rest = _walk(_tree(text), path)
    if not rest:
        return _checked(_replaced(text, found, value), wanted)
    for key in reversed(rest[1:]):
        value = {key: value}
    return _checked(_with_key(text, found, str(rest[0]), value), wanted)


def remove(text: str, path: Path) -> str:
    """The text without the key or the item at this path, and without the comment above it. Raises EditError."""
    text = _ended(text)
    wanted = plain(text)
    parent = value_at(wanted, path[:-1])
    if parent is None or value_at(wanted, path) is None:
        return text
    del parent[path[-1]]
    found, _rest = _walk(_tree(text), path[:-1])
    spans = _spans(text, found)
    position = _position(found.node, path[-1])
    if _is_flow(found.node):
        return _checked(_without_flow_item(text, spans, position), wanted)
    if len(spans) == 1:
        return _checked(_replaced(text, found, [] if isinstance(parent, list) else {}), wanted)
    return _checked(_without_lines(text, spans, position), wanted)


def insert(text: str, path: Path, at: int, value: Plain) -> str:
    """The text with a new item in the list at this path, before the item that stands at `at`. Raises EditError."""
    text = _ended(text)
    wanted = plain(text)
    items = value_at(wanted, path)
    if not isinstance(items, list):
        return set_value(text, path, [value])
    cast(list[Any], items).insert(at, value)
    found, _rest = _walk(_tree(text), path)
    spans = _spans(text, found)
    if not spans:
        return _checked(_replaced(text, found, [value]), wanted)
    if _is_flow(found.node):
        if at < len(spans):
            start = spans[at].start
            return _checked(f"{text[:start]}{flow(value)}, {text[start:]}", wanted)
        end = spans[-1].end
        return _checked(f"{text[:end]}, {flow(value)}{text[end:]}", wanted)
    column = found.node.start_mark.column
    place = spans[at].start if at < len(spans) else spans[-1].end
    return _checked(text[:place] + block_item(value, column) + text[place:], wanted)


def move(text: str, path: Path, by: int) -> str:
    """The text with the item of a list (or key of a mapping) one place up (-1) or down (+1). Raises EditError."""
    text = _ended(text)
    wanted = plain(text)
    items = value_at(wanted, path[:-1])
    if items is None or value_at(wanted, path) is None:
        raise EditError("What is to be moved is not there any more.")
    found, _rest = _walk(_tree(text), path[:-1])
    spans = _spans(text, found)
    position = _position(found.node, path[-1])
    if not 0 <= position + by < len(spans):
        return text
    one, other = sorted((position, position + by))
    if isinstance(items, list):
        swapped = cast(list[Any], items)
        swapped[one], swapped[other] = swapped[other], swapped[one]
    a, b = spans[one], spans[other]
    if not _is_flow(found.node) and not (a.own_line and b.own_line):
        raise EditError("This is written on one line with what is around it; move it in the source text.")
    swapped_text = text[: a.start] + text[b.start : b.end] + text[a.end : b.start] + text[a.start : a.end]
    return _checked(swapped_text + text[b.end :], wanted)


def path_at(text: str, line: int, column: int) -> Path:
    """The path of the innermost value (or key) around a place in the text, counted from 1; () when there is none."""
    try:
        node = _tree(text)
    except Exception:  # a text that cannot be read has no places
        return ()
    place = (line - 1, column - 1)
    path: list[str | int] = []
    while True:
        step = _step_at(node, place)
        if step is None:
            return tuple(path)
        key, node = step
        path.append(key)


def place_of(text: str, path: Path) -> tuple[int, int]:
    """Line and column, from 1, of what stands at a path, or of what comes nearest to it."""
    found, _rest = _walk(_tree(text), path)
    mark = found.key.start_mark if found.key is not None else found.node.start_mark
    return mark.line + 1, mark.column + 1


@dataclass(frozen=True)
class _Found:
    """A node, the node of its key, its parent's column and whether it stands inside braces or brackets."""

    node: Any
    key: Any
    in_flow: bool
    column: int


@dataclass(frozen=True)
class _Span:
    """Where an item stands: whole lines with its own comment in a block, just its text in a flow."""

    start: int
    end: int
    own_line: bool


@lru_cache(maxsize=16)
def _tree(text: str) -> Any:
    compose(text.encode(), Problems("framework"))  # refuses anchors, tags, double keys and absurd nesting
    return yaml.compose(text, Loader=_LOADER)


def _plain(node: Any) -> Plain:
    if isinstance(node, yaml.MappingNode):
        pairs = cast(list[tuple[Any, Any]], node.value)
        return {str(key.value): _plain(value) for key, value in pairs}
    if isinstance(node, yaml.SequenceNode):
        return [_plain(each) for each in cast(list[Any], node.value)]
    return str(node.value)


def _children(node: Any) -> Iterator[tuple[str | int, Any, Any]]:
    """The key, the key's node and the value's node of each child."""
    if isinstance(node, yaml.MappingNode):
        for key, value in cast(list[tuple[Any, Any]], node.value):
            yield str(key.value), key, value
    elif isinstance(node, yaml.SequenceNode):
        for position, value in enumerate(cast(list[Any], node.value)):
            yield position, None, value


def _walk(root: Any, path: Path) -> tuple[_Found, Path]:
    """The deepest node on a path, and what of the path is not there."""
    found = _Found(root, None, _is_flow(root), 0)
    for depth, wanted in enumerate(path):
        for key, key_node, value in _children(found.node):
            if key == wanted:
                in_flow = found.in_flow or _is_flow(found.node)
                column = key_node.start_mark.column if key_node is not None else found.node.start_mark.column
                found = _Found(value, key_node, in_flow, column)
                break
        else:
            return found, path[depth:]
    return found, ()


def _step_at(node: Any, place: tuple[int, int]) -> tuple[str | int, Any] | None:
    last: tuple[str | int, Any] | None = None
    for key, key_node, value in _children(node):
        mark = (key_node or value).start_mark
        if (mark.line, mark.column) > place:
            break
        last = key, value
    if last is None or (_is_flow(node) and (node.end_mark.line, node.end_mark.column) <= place):
        return None
    return last


def _position(node: Any, wanted: str | int) -> int:
    return next(index for index, (key, _key_node, _value) in enumerate(_children(node)) if key == wanted)


def _ended(text: str) -> str:
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    return text if text.endswith("\n") else text + "\n"


def _is_flow(node: Any) -> bool:
    return bool(getattr(node, "flow_style", False))


def _put(data: Plain, path: Path, value: Plain) -> None:
    place: Any = data
    for key in path[:-1]:
        _must_be_there(place, key)
        inside: Any = cast(dict[str | int, Any], place).setdefault(key, {}) if isinstance(place, dict) else place[key]
        place = inside
        if isinstance(place, str):
            raise EditError("A single value stands where several are to come; change it in the source text.")
    _must_be_there(place, path[-1])
    place[path[-1]] = value


def _must_be_there(place: Any, key: str | int) -> None:
    """A row of a list that is gone cannot be changed; a key of a mapping may be new."""
    if isinstance(place, list) and not (isinstance(key, int) and key < len(cast(list[Any], place))):
        raise EditError("What is to be changed is not there any more.")


def _checked(text: str, wanted: Plain) -> str:
    try:
        understood = plain(text)
    except Exception as error:  # the splice broke the text: refuse, and keep what there was
        raise EditError("This cannot be changed here; change it in the source text.") from error
    if understood != wanted:
        raise EditError("This cannot be changed here; change it in the source text.")
    return text


def _spans(text: str, found: _Found) -> list[_Span]:
    node = found.node
    spans: list[_Span] = []
    before = node.start_mark.index
    for _key, key_node, value in _children(node):
        start = (key_node or value).start_mark.index
        if _is_flow(node):
            spans.append(_Span(start, value.end_mark.index, False))
            continue
        if isinstance(node, yaml.SequenceNode):
            start = text.rindex("-", 0, start + 1) if text[start] != "-" else _dash(text, node, start)
        line = text.rfind("\n", 0, start) + 1
        own_line = not text[line:start].strip()
        span_start = _with_comment(text, line, before) if own_line else start
        before = _end_of(text, value)
        spans.append(_Span(span_start, before, own_line))
    return spans


def _dash(text: str, node: Any, start: int) -> int:
    """The dash of an item that itself begins with a dash (a list in a list, or -5)."""
    line = text.rfind("\n", 0, start) + 1
    return line + node.start_mark.column


def _with_comment(text: str, line: int, not_before: int) -> int:
    """The beginning of the comment lines directly above a line, or of the line itself."""
    while line > not_before:
        above = text.rfind("\n", 0, line - 1) + 1
        if above < not_before or not text[above:line].lstrip().startswith("#"):
            break
        line = above
    return line


def _end_of(text: str, node: Any) -> int:
    """The end of the last line of a value, its newline included."""
    if isinstance(node, yaml.CollectionNode) and not _is_flow(node) and node.value:
        *_others, (_key, _key_node, last) = _children(node)
        return _end_of(text, last)
    if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">"):
        return _end_of_block_scalar(text, node)
    return text.index("\n", node.end_mark.index) + 1


def _end_of_block_scalar(text: str, node: Any) -> int:
    at = text.index("\n", node.start_mark.index) + 1
    end, indent = at, None
    while at < len(text):
        stop = text.index("\n", at) + 1
        line = text[at:stop]
        if line.strip():
            depth = len(line) - len(line.lstrip(" "))
            indent = depth if indent is None else indent
            if depth < indent:
                break
            end = stop
        at = stop
    return end


def _replaced(text: str, found: _Found, value: Plain) -> str:
    node = found.node
    simple = isinstance(node, yaml.ScalarNode) and node.style not in ("|", ">") and isinstance(value, str)
    if simple or found.in_flow or _is_flow(node):
        start, end = node.start_mark.index, node.end_mark.index
        style = cast(str | None, getattr(node, "style", None)) if isinstance(node, yaml.ScalarNode) else None
        keeps_style = style in ("'", '"') or not isinstance(value, str) or not is_long(value, found.column)
        if found.in_flow or (isinstance(value, str) and keeps_style):
            new = scalar(value, style, found.in_flow) if isinstance(value, str) else flow(value)
            gap = " " if start and text[start - 1] in ":-" else ""
            return text[:start] + gap + new + text[end:]
    start = _after_sign(text, found)
    return text[:start] + rendered(value, found.column) + text[_end_of(text, node) :]


def _after_sign(text: str, found: _Found) -> int:
    """Just after the colon of a key, or the dash of an item."""
    if found.key is not None:
        return text.index(":", found.key.end_mark.index) + 1
    return text.rindex("-", 0, found.node.start_mark.index) + 1


def _with_key(text: str, found: _Found, key: str, value: Plain) -> str:
    node = found.node
    if not isinstance(node, yaml.MappingNode):
        raise EditError("Here no key can be added; change it in the source text.")
    if _is_flow(node) and (node.value or found.in_flow):
        end = node.end_mark.index - 1
        stop = node.value[-1][1].end_mark.index if node.value else end
        return text[:stop] + (", " if node.value else "") + f"{key_text(key)}: {flow(value)}" + text[stop:]
    if not node.value:
        return _replaced(text, found, {key: value})
    column = node.value[0][0].start_mark.column
    end = _end_of(text, node)
    return text[:end] + " " * column + f"{key_text(key)}:" + rendered(value, column) + text[end:]


def _without_flow_item(text: str, spans: Sequence[_Span], position: int) -> str:
    if position + 1 < len(spans):
        return text[: spans[position].start] + text[spans[position + 1].start :]
    start = spans[position - 1].end if position else spans[position].start
    return text[:start] + text[spans[position].end :]


def _without_lines(text: str, spans: Sequence[_Span], position: int) -> str:
    span = spans[position]
    if not span.own_line:  # the first key of an item, on the line of its dash: the next key takes its place
        rest = text[spans[position + 1].start :]
        return text[: span.start] + rest.lstrip(" ")
    before, after = text[: span.start], text[span.end :]
    if before.endswith("\n\n") and after.startswith("\n"):
        after = after[1:]
    return before + after
