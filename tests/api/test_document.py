"""The OpenAPI document: committed, up to date, and by the Dutch API Design Rules (NLGov REST API Design Rules 2).

The published ruleset is written for Spectral, which needs Node; these are its rules, tried on the document here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from hanze.config.api import document
from tools.openapi import TARGET, text

CAMEL = re.compile(r"[a-z][a-zA-Z0-9]*")
KEBAB = re.compile(r"/(([a-z0-9-]+|\{[a-zA-Z]+\})(/([a-z0-9-]+|\{[a-zA-Z]+\}))*|openapi\.json)")


def operations() -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in document()["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def test_the_committed_document_is_up_to_date() -> None:
    assert TARGET.read_text() == text(), "Run: python tools/openapi.py"


@pytest.mark.django_db
def test_everybody_may_read_the_document() -> None:
    answer = Client().get("/api/v1/openapi.json")
    assert answer.status_code == 200
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["API-Version"] == document()["info"]["version"]
    assert answer.json()["servers"] == [{"url": "http://testserver/api/v1"}]
    assert {**answer.json(), "servers": []} == json.loads(json.dumps({**document(), "servers": []}))


def test_it_says_version_contact_and_where_it_stands() -> None:
    info = document()["info"]
    assert document()["openapi"].startswith("3.")
    assert re.fullmatch(r"\d+\.\d+\.\d+", info["version"])
    assert {"name", "email", "url"} <= set(info["contact"])
    assert [bool(re.search(r"^https://.*/v1$", server["url"])) for server in document()["servers"]] == [True]


def test_addresses_are_kebab_case_without_a_slash_at_the_end() -> None:
    assert [path for path, _method, _operation in operations() if not KEBAB.fullmatch(path)] == []


def test_collections_are_named_in_the_plural() -> None:
    firsts = {path.split("/")[1] for path, _method, _operation in operations()} - {"openapi.json", "people"}
    assert all(first.endswith("s") for first in firsts)


def test_only_standard_methods_are_used() -> None:
    assert {method for _path, method, _operation in operations()} <= {"get", "post", "patch", "put", "delete"}


def test_keys_are_camel_case_and_shapes_pascal_case() -> None:
    wrong = [
        name
        for _path, _method, operation in operations()
        for parameter in operation.get("parameters", ())
        if parameter["in"] != "header" and not CAMEL.fullmatch(name := parameter["name"])
    ]
    for shape, schema in document()["components"]["schemas"].items():
        assert re.fullmatch(r"[A-Z][a-zA-Z]*", shape)
        wrong += [f"{shape}.{key}" for key in schema.get("properties", {}) if not CAMEL.fullmatch(key)]
    assert wrong == []


def test_every_answer_has_the_version_and_every_failure_is_a_problem() -> None:
    for path, method, operation in operations():
        for status, answer in operation["responses"].items():
            assert "API-Version" in answer["headers"], f"{method} {path} {status}"
            if status >= "400":
                assert set(answer["content"]) == {"application/problem+json"}, f"{method} {path} {status}"


def test_what_takes_input_can_refuse_it() -> None:
    for path, method, operation in operations():
        if method != "get" or operation["parameters"]:
            assert "400" in operation["responses"], f"{method} {path}"


def test_a_problem_has_the_members_of_the_rules() -> None:
    schemas = document()["components"]["schemas"]
    for name in ("Problem", "InputProblem"):
        assert {"type", "title", "status", "detail", "instance"} == set(schemas[name]["properties"]) - {"errors"}
    assert {"in", "detail", "location", "code"} == set(schemas["InputError"]["properties"])


def test_everything_is_said_in_words() -> None:
    for path, method, operation in operations():
        assert operation["summary"], f"{method} {path}"
        assert operation["description"], f"{method} {path}"
        assert all(parameter["description"] for parameter in operation["parameters"])
    for shape, schema in document()["components"]["schemas"].items():
        for key, field in schema.get("properties", {}).items():
            assert field.get("description") or "$ref" in field or shape in ("Problem", "InputProblem", "InputError"), (
                f"{shape}.{key}"
            )
