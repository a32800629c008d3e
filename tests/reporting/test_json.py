from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal

from hanze.reporting import Figure, Report, to_json


def test_the_figures_come_with_their_records(report: Report) -> None:
    data = json.loads(json.dumps(to_json(report)))
    figures = {figure["key"]: figure for figure in data["figures"]}
    assert list(figures) == list(report.figures)
    assert figures["distinct_parties"]["value"] == 27
    assert len(figures["distinct_parties"]["rows"]) == 27
    assert figures["distinct_parties"]["rows"][0] == {
        "type": "party",
        "id": "p0",
        "label": "Kassenbouwer 01",
        "url": "/parties/0",
        "detail": report.figures["distinct_parties"].rows[0].detail,
    }


def test_what_is_not_recorded_is_null_and_zero_is_zero(dutch: Report) -> None:
    figures = {figure["key"]: figure for figure in to_json(dutch)["figures"]}
    assert figures["emissions"]["value"] is None
    assert figures["refused_high_risk"]["value"] == 0
    assert figures["incoming_delegations"]["compared"] == {"label": "2023", "value": None}


def test_no_number_makes_json_that_others_cannot_read(dutch: Report) -> None:
    values = {"a": float("nan"), "b": Decimal("1.5"), "c": Decimal("7"), "d": 10**30, "e": "zes"}
    figures = {key: Figure(key, key, value) for key, value in values.items()}
    data = to_json(replace(dutch, figures=figures, sections=(), headline=(), annexes=()))
    text = json.dumps(data, allow_nan=False)
    assert [figure["value"] for figure in json.loads(text)["figures"]] == [None, 1.5, 7, 10**30, "zes"]


def test_every_section_table_and_chart_is_there(dutch: Report) -> None:
    data = to_json(dutch)
    kinds = [block["type"] for section in (*data["sections"], *data["annexes"]) for block in section["blocks"]]
    assert {kind: kinds.count(kind) for kind in set(kinds)} == {"prose": 5, "figures": 1, "chart": 3, "table": 2}
    json.dumps(data)
