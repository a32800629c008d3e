"""The peers, each with the same table: a function that gives, for cases, the ids of the rules that hold.

A peer that is not installed is passed over. All are asked for every rule that holds (hit policy collect).
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from benchmarks.policy import table as tables
from benchmarks.policy.table import Case, Rule

Fired = list[list[str]]
PERIOD = "2024"
"""OpenFisca weighs everything in some year."""


@dataclass(frozen=True)
class Peer:
    """An engine with a table: `one_by_one` weighs case after case, `together` all at once where the engine can."""

    name: str
    one_by_one: Callable[[Sequence[Case]], Fired]
    traced: Callable[[Sequence[Case]], Fired] | None = None
    together: Callable[[Sequence[Case]], Fired] | None = None


def installed(table: Sequence[Rule]) -> Iterator[Peer]:
    """The peers that are installed, ready for a table."""
    for make in (zen_engine, spiff_workflow, py_dmn_rules, open_fisca):
        try:
            yield make(table)
        except ImportError:
            continue


def zen_engine(table: Sequence[Rule]) -> Peer:
    """zen-engine (GoRules), a rules engine in Rust."""
    import zen

    content = tables.jdm(table)
    decision = zen.ZenEngine().create_decision(json.dumps(content))
    engine = zen.ZenEngine({"loader": {"type": "static", "content": {"table": content}}})

    def ids(result: Any) -> list[str]:
        return [row["rule"] for row in result["result"]] if result["result"] else []

    def one_by_one(cases: Sequence[Case]) -> Fired:
        return [ids(decision.evaluate(case)) for case in cases]

    def traced(cases: Sequence[Case]) -> Fired:
        return [ids(decision.evaluate(case, {"trace": True})) for case in cases]

    def together(cases: Sequence[Case]) -> Fired:
        results = engine.evaluate_batch([{"key": "table", "context": case} for case in cases])
        return [ids(each["data"]) for each in results]

    return Peer("zen-engine", one_by_one, traced, together)


def spiff_workflow(table: Sequence[Rule]) -> Peer:
    """SpiffWorkflow's decision tables, with cells of Python."""
    from lxml import etree
    from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine
    from SpiffWorkflow.dmn.engine.DMNEngine import DMNEngine
    from SpiffWorkflow.dmn.parser.DMNParser import DMNParser

    root = etree.fromstring(tables.dmn(table, in_python=True).encode())
    parser = DMNParser(None, root, {"dmn": "https://www.omg.org/spec/DMN/20191111/MODEL/"})
    parser.parse()
    engine = DMNEngine(parser.decision.decisionTables[0])
    script_engine = PythonScriptEngine()

    def one_by_one(cases: Sequence[Case]) -> Fired:
        found: Fired = []
        for case in cases:
            task = SimpleNamespace(data=dict(case), workflow=SimpleNamespace(script_engine=script_engine))
            found.append([rule.id for rule in engine.decide(task)])
        return found

    return Peer("SpiffWorkflow", one_by_one)


def py_dmn_rules(table: Sequence[Rule]) -> Peer:
    """pyDMNrules, which reads DMN XML."""
    from pyDMNrules import DMN

    engine = DMN()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.xml"
        path.write_text(tables.dmn(table), "utf-8")
        status = engine.loadXML(str(path))
    if status.get("errors"):
        raise ImportError(f"pyDMNrules does not read the table: {status['errors']}")

    def one_by_one(cases: Sequence[Case]) -> Fired:
        return [_listed(engine.decide(dict(case))) for case in cases]

    return Peer("pyDMNrules", one_by_one)


def _listed(decided: Any) -> list[str]:
    status, decision = decided
    if "errors" in status:
        if "No rules matched" in str(status["errors"]):
            return []
        raise RuntimeError(str(status["errors"]))
    last = decision[-1] if isinstance(decision, list) else decision
    found = last["Result"].get("rule") or []
    return found if isinstance(found, list) else [found]


def open_fisca(table: Sequence[Rule]) -> Peer:
    """OpenFisca: a variable with a formula of numpy for each rule, there being no tables."""
    import numpy as np
    from openfisca_core.entities import build_entity
    from openfisca_core.periods import DateUnit
    from openfisca_core.simulations import SimulationBuilder
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem
    from openfisca_core.variables import Variable

    entity = build_entity("case", "cases", "A case", is_person=True)
    kinds = {"dual_use": bool, "people": int, "budget": float}
    system = TaxBenefitSystem([entity])
    common = {"entity": entity, "definition_period": DateUnit.YEAR}
    for fact in tables.FACTS:
        system.add_variable(type(fact, (Variable,), {"value_type": kinds.get(fact, str), **common}))
    for rule in table:
        formula = {"formula": _formula(rule, np)}
        system.add_variable(type(f"rule_{rule.id}", (Variable,), {"value_type": bool, **common, **formula}))

    def together(cases: Sequence[Case]) -> Fired:
        builder = SimulationBuilder()
        simulation = builder.build_default_simulation(system, len(cases))
        for fact in tables.FACTS:
            simulation.set_input(fact, PERIOD, np.array([case[fact] for case in cases]))
        holds = np.stack([simulation.calculate(f"rule_{rule.id}", PERIOD) for rule in table])
        ids = np.array([rule.id for rule in table])
        return [list(ids[column]) for column in holds.T]

    def one_by_one(cases: Sequence[Case]) -> Fired:
        return [fired for case in cases for fired in together([case])]

    return Peer("OpenFisca-core", one_by_one, together=together)


def _formula(rule: Rule, np: Any) -> Callable[..., Any]:
    def formula(case: Any, period: Any) -> Any:
        return np.logical_and.reduce(list(_tests(rule, case, period, np)))

    return formula


def _tests(rule: Rule, case: Any, period: Any, np: Any) -> Iterable[Any]:
    for fact, condition in rule.conditions.items():
        values = case(fact, period)
        match condition:
            case tables.OneOf(wanted):
                yield np.isin(values, wanted)
            case tables.Between(low, high):
                yield (values >= low) & (values < high)
            case tables.Above(bound):
                yield values > bound
            case tables.Is(wanted):
                yield values == wanted
