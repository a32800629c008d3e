"""The feed, the catalogue and the data: well formed, complete, safe to open, and no more often than is reasonable."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as Xml

import pyshacl
import pytest
import rdflib
from django.test import Client
from rdflib import DCAT, DCTERMS, RDF

from hanze.publication import dcat
from hanze.publication.models import Item
from hanze.publication.operations import publish, withdraw
from tests import factories

SHAPES = Path(__file__).parent / "dcat-ap-nl.ttl"
pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


def agreement(**fields: Any) -> Item:
    return publish("agreements", factories.agreement(classification="public", **fields), by=None)


def test_the_feed_is_atom_with_an_entry_for_each_item() -> None:
    agreement(title='One & "two" <three> \x0b')
    answer = Client().get("/public/feed.atom")
    assert answer["Content-Type"] == "application/atom+xml"
    feed = Xml.fromstring(answer.content)
    assert feed.tag == f"{ATOM}feed"
    for name in ("id", "title", "updated", "author/{http://www.w3.org/2005/Atom}name"):
        assert feed.findtext(f"{ATOM}{name}")
    (entry,) = feed.findall(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == 'One & "two" <three> '
    for name in ("id", "updated", "published"):
        assert entry.findtext(f"{ATOM}{name}")


def test_an_empty_register_has_a_valid_feed_catalogue_and_data() -> None:
    assert Xml.fromstring(Client().get("/public/feed.atom").content).findall(f"{ATOM}entry") == []
    assert json.loads(Client().get("/public/data/travel.json").content)["items"] == []
    assert Client().get("/public/data/travel.csv").status_code == 200
    assert Client().get("/public/catalog").status_code == 200


def test_data_is_the_same_as_csv_and_as_json_and_says_its_licence() -> None:
    agreement(title="One", subject='Line 1\nLine 2; with "quotes", and commas')
    kept = json.loads(Client().get("/public/data/agreements.json").content)
    answer = Client().get("/public/data/agreements.csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows == [{name: str(value or "") for name, value in each.items()} for each in kept["items"]]
    assert kept["licence"].startswith("http://creativecommons.org/")
    assert kept["licence"] in answer["Link"]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_text_of_the_data_is_a_formula(start: str) -> None:
    agreement(subject=f"{start}cmd|' /C calc'!A0")
    text = Client().get("/public/data/agreements.csv").content.decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(text, newline=""))
    assert row["subject"].startswith("'")


@pytest.mark.parametrize("kind", Item.Kind.values)
def test_the_catalogue_says_of_each_data_set_what_dcat_ap_nl_asks(kind: str) -> None:
    agreement()
    graph = {node["@id"]: node for node in json.loads(Client().get("/public/catalog.jsonld").content)["@graph"]}
    dataset = graph[f"http://testserver/public/data/{kind}"]
    for name in ("dct:identifier", "dct:title", "dct:description", "dct:publisher", "dcat:contactPoint", "dcat:theme"):
        assert dataset[name], name
    assert {each["@language"] for each in dataset["dct:title"]} == {"nl", "en"}
    for distribution in dataset["dcat:distribution"]:
        file = graph[distribution["@id"]]
        assert file["dct:license"]
        assert file["dct:format"]
        assert Client().get(file["dcat:accessURL"][0]["@id"]).status_code == 200


@pytest.mark.parametrize(("address", "form"), [("catalog.ttl", "turtle"), ("catalog.jsonld", "json-ld")])
def test_the_catalogue_holds_to_the_shapes_of_dcat_ap_nl_in_both_forms(address: str, form: str) -> None:
    agreement()
    graph = rdflib.Graph().parse(data=Client().get(f"/public/{address}").content.decode(), format=form)
    conforms, _graph, said = pyshacl.validate(graph, shacl_graph=str(SHAPES))
    assert conforms, said
    assert len(set(graph.subjects(RDF.type, DCAT.Dataset))) == len(Item.Kind.values)


@pytest.mark.parametrize(
    "left_out", [DCTERMS.creator, DCTERMS.license, DCAT.contactPoint, DCTERMS.accessRights, DCTERMS.identifier]
)
def test_the_shapes_find_what_is_left_out(left_out: Any) -> None:
    graph = rdflib.Graph().parse(data=Client().get("/public/catalog.ttl").content.decode(), format="turtle")
    graph.remove((None, left_out, None))
    assert not pyshacl.validate(graph, shacl_graph=str(SHAPES))[0]


def test_both_forms_say_the_same() -> None:
    agreement()
    made = [
        rdflib.Graph().parse(data=Client().get(f"/public/{address}").content.decode(), format=form)
        for address, form in (("catalog.ttl", "turtle"), ("catalog.jsonld", "json-ld"))
    ]
    assert set(made[0]) == set(made[1])


def test_the_catalogue_is_given_in_the_form_that_is_asked_for() -> None:
    assert Client().get("/public/catalog.ttl")["Content-Type"].startswith("text/turtle")
    assert Client().get("/public/catalog", headers={"accept": "text/turtle"})["Content-Type"].startswith("text/turtle")
    assert Client().get("/public/catalog")["Content-Type"] == "application/ld+json"


def test_turtle_keeps_texts_and_addresses_within_their_bounds() -> None:
    made: list[dcat.Statement] = [
        ("http://x/<a>", "dct:title", dcat.Text('A "title"\\ with\nlines', "nl")),
        ("http://x/<a>", "dct:license", dcat.Iri('http://x/ "><http://y>')),
    ]
    text = dcat.turtle(made)
    assert r'"A \"title\"\\ with\nlines"@nl' in text
    assert "<http://x/http://y>" in text


def test_what_is_kept_is_asked_for_again_only_when_it_changed() -> None:
    item = agreement()
    first = Client().get("/public/feed.atom")
    assert "max-age=300" in first["Cache-Control"]
    again = {"if-none-match": first["ETag"]}
    assert Client().get("/public/feed.atom", headers=again).status_code == 304
    subject = factories.agreement()
    subject.pk = item.record_id
    withdraw(item, subject, by=None, because="A mistake")
    assert Client().get("/public/feed.atom", headers=again).status_code == 200


def test_a_page_is_kept_by_the_visitors_own_browser_only() -> None:
    assert "private" in Client().get(agreement().get_absolute_url())["Cache-Control"]


def test_one_address_cannot_ask_without_end(settings: Any) -> None:
    settings.PUBLIC_PAGES_PER_MINUTE = 3
    asked = [Client().get("/public/", REMOTE_ADDR="192.0.2.1") for _n in range(5)]
    assert [answer.status_code for answer in asked] == [200, 200, 200, 429, 429]
    assert asked[-1]["Retry-After"]
    assert Client().get("/public/", REMOTE_ADDR="192.0.2.2").status_code == 200


@pytest.mark.parametrize(
    "path", ["/public/secrets/", "/public/agreements/999/", "/public/data/secrets.csv", "/public/data/travel.exe"]
)
def test_what_is_not_there_is_not_found(path: str) -> None:
    assert Client().get(path).status_code in (302, 404)
