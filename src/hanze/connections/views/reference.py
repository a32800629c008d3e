"""The reference of the API for people, made from the OpenAPI document, without anything from elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hanze.connections.api import resources
from hanze.connections.api.document import WORDS

Json = dict[str, Any]


@dataclass(frozen=True)
class Field:
    """A key of what is sent or given."""

    name: str
    type: str
    words: str
    required: bool


@dataclass(frozen=True)
class Operation:
    id: str
    method: str
    path: str
    summary: str
    scope: str
    parameters: list[Field]
    body: list[Field]
    gives: str


@dataclass(frozen=True)
class Chapter:
    """One kind of record: its operations, and the shape of one."""

    name: str
    label: str
    operations: list[Operation]
    shape: list[Field]


@login_not_required
@require_safe
def reference(request: HttpRequest) -> HttpResponse:
    document = import_string("hanze.config.api.document")()
    address = request.build_absolute_uri(resources.BASE)
    context = {
        "width": " wide",
        "example": f'curl -H "Authorization: Bearer hanze_…" {address}/requests?pageSize=10',
        "chapters": [chapter(document, each) for each in sorted(resources.every(), key=lambda each: each.name)],
        "problems": [(status, _(words)) for status, words in WORDS.items()],
        "address": address,
        "version": document["info"]["version"],
    }
    return render(request, "connections/reference.html", context)


def chapter(document: Json, resource: resources.Resource) -> Chapter:
    """What the document says of one kind of record, in the language in force."""
    schemas = document["components"]["schemas"]
    found = [
        _operation(schemas, resource, path, method, operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
        if resource.name in operation["tags"]
    ]
    shape = _fields(schemas, schemas[resource.schema.__name__])
    return Chapter(resource.name, str(resource.label), found, shape)


def _operation(schemas: Json, resource: resources.Resource, path: str, method: str, operation: Json) -> Operation:
    content = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
    parameters = [
        Field(each["name"], type_of(each["schema"]), _in_force(each["description"]), each["required"])
        for each in operation["parameters"]
    ]
    given = next(answer for status, answer in operation["responses"].items() if status < "300")
    reading = method == "get"
    return Operation(
        id=operation["operationId"],
        method=method.upper(),
        path=path,
        summary=_in_force(operation["summary"]),
        scope=f"{'read' if reading else 'write'}:{resource.name}",
        parameters=parameters,
        body=_fields(schemas, _resolved(schemas, content.get("schema", {}))),
        gives=type_of(given["content"]["application/json"]["schema"]),
    )


def _fields(schemas: Json, schema: Json) -> list[Field]:
    required = schema.get("required", ())
    return [
        Field(name, type_of(field), _in_force(field.get("description", "")), name in required)
        for name, field in schema.get("properties", {}).items()
    ]


def _resolved(schemas: Json, schema: Json) -> Json:
    return schemas[schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema


def type_of(schema: Json) -> str:
    """A shape in a few words of code: `string (date)`, `[Reference]`, `government | business`."""
    if "$ref" in schema:
        return schema["$ref"].rpartition("/")[2]
    if "anyOf" in schema:
        return " | ".join(type_of(each) for each in schema["anyOf"])
    if "enum" in schema:
        return " | ".join(str(each) for each in schema["enum"])
    if schema.get("type") == "array":
        return f"[{type_of(schema['items'])}]"
    form = f" ({schema['format']})" if "format" in schema else ""
    return f"{schema.get('type', 'object')}{form}"


def _in_force(words: str) -> str:
    """The words of the document in the language in force; most are the words of the models, which have both."""
    if not words:
        return ""
    found = _(words)
    if found == words:
        lower = words[:1].lower() + words[1:]
        found = _(lower)
        found = found[:1].upper() + found[1:]
    return found
