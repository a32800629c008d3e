"""The OpenAPI document, completed: versions in headers, problems, and the words of the records for their fields."""

from __future__ import annotations

import re
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.translation import gettext_noop

from hanze.connections.api import resources
from hanze.connections.api.problems import CONTENT_TYPE

CONTACT = {
    "name": "Hanze",
    "url": "https://hanze.example/api",
    "email": "hanze@hanze.example",
}
VERSION_HEADER = {
    "API-Version": {"description": "The version of this API", "schema": {"type": "string"}},
}
ETAG = {"ETag": {"description": "The state of the record, for If-Match", "schema": {"type": "string"}}}
IF_MATCH = {
    "in": "header",
    "name": "If-Match",
    "required": False,
    "description": "The ETag of what was read before: nobody's later change is overwritten.",
    "schema": {"type": "string"},
}
FOR_EVERYBODY = {
    "access-control-allow-origin": {"description": "*: every page may read this", "schema": {"type": "string"}},
}
PROBLEM: dict[str, Any] = {
    "type": "object",
    "description": "What went wrong (RFC 9457).",
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "instance": {"type": "string", "format": "uri-reference"},
    },
    "required": ["type", "title", "status", "detail", "instance"],
}
INPUT_ERROR: dict[str, Any] = {
    "type": "object",
    "description": "One thing that is wrong in what was sent, and where.",
    "properties": {
        "in": {"type": "string", "enum": ["body", "path", "query", "header"]},
        "location": {
            "type": "object",
            "properties": {"pointer": {"type": "string"}, "name": {"type": "string"}},
        },
        "code": {"type": "string"},
        "detail": {"type": "string"},
    },
    "required": ["in", "location", "code", "detail"],
}
INPUT_PROBLEM: dict[str, Any] = {
    **PROBLEM,
    "description": "What was sent is not right (RFC 9457).",
    "properties": {
        **PROBLEM["properties"],
        "errors": {"type": "array", "items": {"$ref": "#/components/schemas/InputError"}},
    },
    "required": [*PROBLEM["required"], "errors"],
}
WORDS = {
    400: gettext_noop("What was sent is not right"),
    401: gettext_noop("No token, or one that does not hold"),
    403: gettext_noop("The token or the role is not for this"),
    404: gettext_noop("There is no such record, or it is hidden"),
    409: gettext_noop("Somebody else changed the record in the meantime"),
    412: gettext_noop("The record is no longer what If-Match names"),
    429: gettext_noop("Too many calls within a minute"),
}


def complete(document: dict[str, Any]) -> dict[str, Any]:
    """The document as it is published and committed."""
    document["info"]["contact"] = CONTACT
    document["info"]["license"] = {"name": "EUPL-1.2", "identifier": "EUPL-1.2"}
    document["tags"] = [
        {"name": "openapi", "description": "This document"},
        *({"name": each.name, "description": str(each.label)} for each in resources.every()),
    ]
    document["servers"] = [{"url": f"https://hanze.example{resources.BASE}"}]
    schemas = document["components"]["schemas"]
    for unused in [name for name in schemas if name.endswith("Filters")]:
        del schemas[unused]
    schemas |= {"Problem": PROBLEM, "InputError": INPUT_ERROR, "InputProblem": INPUT_PROBLEM}
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            _complete_operation(path, method, operation)
    for name, schema in schemas.items():
        _say_what_fields_are(name, schema)
    for scheme in document["components"]["securitySchemes"].values():
        scheme["description"] = "The token of an application, made by an administrator."
    return document


def _complete_operation(path: str, method: str, operation: dict[str, Any]) -> None:
    operation.setdefault("description", f"{operation['summary']}.")
    for parameter in operation.get("parameters", ()):
        parameter.setdefault("description", _in_words(parameter["name"]))
        parameter["schema"] = _without_null(parameter["schema"])
    for answer in operation["responses"].values():
        answer["headers"] = VERSION_HEADER
    if not operation.get("security"):
        operation["responses"]["200"]["headers"] = {**VERSION_HEADER, **FOR_EVERYBODY}
        return
    takes = operation.get("parameters") or "requestBody" in operation or method != "get"
    named = any(parameter["in"] == "path" for parameter in operation.get("parameters", ()))
    changes = named and method != "get"
    if changes:
        operation["parameters"].append(IF_MATCH)
    if changes or path.endswith("/{id}"):
        for answer in operation["responses"].values():
            answer["headers"] = {**VERSION_HEADER, **ETAG}
    statuses = [400] if takes else []
    statuses += [401, 403, *([404] if named else []), *([409, 412] if changes else []), 429]
    for status in statuses:
        schema = "InputProblem" if status == 400 else "Problem"
        content = {CONTENT_TYPE: {"schema": {"$ref": f"#/components/schemas/{schema}"}}}
        operation["responses"][str(status)] = {
            "description": WORDS[status],
            "headers": VERSION_HEADER,
            "content": content,
        }


def _without_null(schema: dict[str, Any]) -> dict[str, Any]:
    """The shape of a parameter: one that is left out is not sent as null."""
    [shape] = [each for each in schema.get("anyOf", [schema]) if each.get("type") != "null"]
    return {key: value for key, value in shape.items() if key not in ("title", "description")}


def _say_what_fields_are(name: str, schema: dict[str, Any]) -> None:
    """Describe each field by the words of the record that it belongs to."""
    model = _model_of(name)
    schema.pop("title", None)
    for key, field in schema.get("properties", {}).items():
        field.pop("title", None)
        if "description" not in field and "$ref" not in field:
            field["description"] = _of_model(model, key) or _in_words(key)


def _model_of(name: str) -> type[models.Model] | None:
    singulars = sorted(resources.every(), key=lambda each: -len(each.singular))
    return next((each.model for each in singulars if name.startswith(each.singular)), None)


def _of_model(model: type[models.Model] | None, key: str) -> str:
    if model is None:
        return ""
    snake = re.sub(r"(?<!^)([A-Z])", r"_\1", key).lower()
    for name in (snake, re.sub(r"_(id|code)$", "", snake), re.sub(r"_ids$", "s", snake)):
        try:
            words = str(getattr(model._meta.get_field(name), "verbose_name", ""))
        except FieldDoesNotExist:
            continue
        return words[:1].upper() + words[1:]
    return ""


def _in_words(key: str) -> str:
    words = re.sub(r"(?<!^)([A-Z])", r" \1", key).lower()
    return words[:1].upper() + words[1:]
