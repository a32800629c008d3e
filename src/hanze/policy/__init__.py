"""Executable policy: a framework that a policy officer can read, and that explains each advice it gives.

    framework = read_framework("frameworks/some-framework/2024-01-01.yaml")
    advice = assess(framework, {"country": "XX", "dual_use": None})

Pure: no Django, no database. `docs/frameworks.md` describes the YAML format, `docs/grammar.md` the grammar of
cells and expressions.
"""

from hanze.policy.assessing import (
    Advice,
    Answer,
    FiredRule,
    LineState,
    Question,
    applies,
    assess,
    select_framework,
)
from hanze.policy.cells import Cell, FactType, Value
from hanze.policy.checking import Finding, findings
from hanze.policy.describing import describe, describe_expression, describe_value
from hanze.policy.facts import FactError, FactValue, check_facts, check_value
from hanze.policy.framework import (
    Choice,
    DatedValue,
    Derived,
    DerivedRule,
    Fact,
    Framework,
    FrameworkError,
    Measure,
    NamedList,
    Outcome,
    Parameter,
    Problem,
    Rule,
    Source,
    SourceDocument,
    Table,
    Text,
)
from hanze.policy.reading import read_framework, read_framework_text, read_frameworks
from hanze.policy.receipts import ENGINE_VERSION, receipt, receipt_hash, verify_receipt
from hanze.policy.scenarios import Scenario, ScenarioResult, read_scenarios, run_scenarios

__all__ = [
    "ENGINE_VERSION",
    "Advice",
    "Answer",
    "Cell",
    "Choice",
    "DatedValue",
    "Derived",
    "DerivedRule",
    "Fact",
    "FactError",
    "FactType",
    "FactValue",
    "Finding",
    "FiredRule",
    "Framework",
    "FrameworkError",
    "LineState",
    "Measure",
    "NamedList",
    "Outcome",
    "Parameter",
    "Problem",
    "Question",
    "Rule",
    "Scenario",
    "ScenarioResult",
    "Source",
    "SourceDocument",
    "Table",
    "Text",
    "Value",
    "applies",
    "assess",
    "check_facts",
    "check_value",
    "describe",
    "describe_expression",
    "describe_value",
    "findings",
    "read_framework",
    "read_framework_text",
    "read_frameworks",
    "read_scenarios",
    "receipt",
    "receipt_hash",
    "run_scenarios",
    "select_framework",
    "verify_receipt",
]
