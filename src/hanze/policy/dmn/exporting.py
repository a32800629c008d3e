"""A framework as DMN 1.3: each line of action a decision table, and one decision that takes the strictest advice.

What DMN has no words for (reasons in two languages, sources, measures, deciders) stands in extension elements, and so
does the YAML text of the whole framework, from which `importing` makes the same framework again. In a complete case
the tables give what the framework gives; an unknown fact is null in DMN, which knows no third truth.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal as OneOf
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from hanze.policy.cells import Cell
from hanze.policy.decisions import DecisionTable
from hanze.policy.depending import names_in_rule
from hanze.policy.dmn import tabling
from hanze.policy.dmn.feel import feel_expression, feel_value
from hanze.policy.dmn.layout import Part, Requirement, add_diagram
from hanze.policy.dmn.marking import WHOLE, Ids, explain, mark, mark_text, printable
from hanze.policy.dmn.namespaces import BOUNDS, DIAGRAM, FEEL, HANZE, LINES, MODEL
from hanze.policy.dmn.tabling import NO_ADVICE, Grid, Output, Row
from hanze.policy.framework import Derived, Fact, Framework, Parameter, Source, Table
from hanze.policy.walking import names_in_test, names_of
from hanze.policy.writing import framework_to_yaml

_TYPES = {
    "text": "string",
    "choice": "string",
    "number": "number",
    "boolean": "boolean",
    "date": "date",
    "date-time": "date and time",
    "duration": "days and time duration",
}
_SEVERAL = ("collect", "rule-order", "output-order")


def framework_to_dmn(framework: Framework) -> bytes:
    """The DMN 1.3 XML of a framework, in UTF-8; the same framework gives the same bytes."""
    definitions = _Export(framework).made()
    indent(definitions)
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(definitions, encoding="utf-8") + b"\n"


def file_name(framework: Framework) -> str:
    """What to call the file of an export."""
    return f"{framework.id}-{framework.version.isoformat()}.dmn"


class _Export:
    """One export: the elements so far, the parts of the diagram and the arrows between them."""

    def __init__(self, framework: Framework) -> None:
        self.framework = framework
        self.lists = {each.id: each for each in framework.lists}
        self.ids = Ids()
        self.parts: list[Part] = []
        self.arrows: list[Requirement] = []
        self.taken = {each.id for each in (*framework.facts, *framework.derived, *framework.parameters)}
        self.by_name: dict[str, str] = {}
        self.types: dict[str, str] = {}
        self.many: set[str] = set()
        self.root = Element("definitions", {
            "xmlns": MODEL, "xmlns:dmndi": DIAGRAM, "xmlns:dc": BOUNDS, "xmlns:di": LINES, "xmlns:hanze": HANZE,
            "id": "framework", "name": framework.id, "namespace": f"{HANZE}:{framework.id}:{framework.version}",
            "expressionLanguage": FEEL, "typeLanguage": FEEL, "exporter": "Hanze",
        })  # fmt: skip

    def made(self) -> Element:
        framework = self.framework
        self._head()
        definitions = Element("types")
        parts = [
            *(self._input(fact, definitions) for fact in framework.facts),
            *(self._source(each.id, each.title.nl, each.url) for each in framework.sources),
            *(self._parameter(each) for each in framework.parameters),
            *(self._derived(each, definitions) for each in framework.derived),
        ]
        if framework.applies_to:
            parts.append(self._applies())
        names = [self._free(f"line_{table.id.replace('-', '_')}") for table in framework.tables]
        if framework.tables:
            measures = SubElement(definitions, "itemDefinition", {"id": "type_measures", "name": "tMeasures"})
            measures.set("isCollection", "true")
            SubElement(measures, "typeRef").text = "string"
        lines = [self._line(*each, definitions) for each in zip(framework.tables, names, strict=True)]
        parts += [*lines, self._combined(names)]
        self.root.extend(definitions)
        self.root.extend(parts)
        add_diagram(self.root, self.parts, self.arrows)
        return self.root

    def _head(self) -> None:
        framework = self.framework
        SubElement(self.root, "description").text = printable(framework.summary.nl)
        marks = SubElement(self.root, "extensionElements")
        mark_text(marks, "title", framework.title)
        mark_text(marks, "summary", framework.summary)
        mark_text(marks, "adoptedBy", framework.adopted_by)
        for outcome in framework.scale:
            mark_text(marks, "outcome", outcome.label, id=outcome.id, decidedBy=outcome.decided_by)
        for kind, texts in (("decider", framework.deciders), ("ground", framework.grounds)):
            for key, text in texts.items():
                mark_text(marks, kind, text, id=key)
        for measure in framework.measures:
            mark_text(marks, "measure", measure.label, id=measure.id, moment=measure.moment)
        whole = SubElement(marks, f"hanze:{WHOLE}", {"contentHash": framework.content_hash})
        whole.text = framework_to_yaml(framework)

    def _free(self, name: str) -> str:
        """A name that no fact, parameter or other decision has."""
        while name in self.taken:
            name += "_"
        self.taken.add(name)
        return name

    # What is told

    def _input(self, fact: Fact, types: Element) -> Element:
        made = self._part("inputData", "input", fact.id, fact.label.nl)
        marks = mark(made)
        mark_text(marks, "label", fact.label)
        mark_text(marks, "ask", fact.ask)
        mark_text(marks, "help", fact.help)
        type_name = self._type_of(fact, types)
        if fact.many:
            self.many.add(fact.id)
        self._variable(made, fact.id, type_name)
        return made

    def _type_of(self, fact: Fact, types: Element) -> str:
        """The name of the type of a fact, defined when it is more than a basic one."""
        basic = _TYPES[fact.type]
        allowed = ", ".join(feel_value(each.code) for each in fact.choices) or _range(fact)
        if not allowed and not fact.many:
            return basic
        type_id = self.ids.of("type", fact.id)
        name = _type_name(type_id)
        definition = SubElement(
            types, "itemDefinition", {"id": type_id, "name": name, "label": printable(fact.label.nl)}
        )
        if fact.many:
            definition.set("isCollection", "true")
        if fact.choices:
            marks = mark(definition)
            for choice in fact.choices:
                mark_text(marks, "choice", choice.label, code=choice.code)
        SubElement(definition, "typeRef").text = basic
        if allowed:
            SubElement(SubElement(definition, "allowedValues"), "text").text = allowed
        return name

    def _source(self, document: str, title: str, url: str | None) -> Element:
        made_id = self.ids.of("source", document)
        made = Element("knowledgeSource", {"id": made_id, "name": printable(title)})
        if url:
            made.set("locationURI", printable(url))
        self.parts.append(Part(made_id, "source"))
        return made

    # What follows

    def _parameter(self, parameter: Parameter) -> Element:
        basic = _TYPES[parameter.type]
        day = self.framework.dated_by
        sources = [each.source for each in parameter.values]
        made = self._decision(parameter.id, parameter.label.nl, basic, [day] if day else [], sources)
        mark_text(mark(made), "label", parameter.label)
        if day is None:
            _literal(made, feel_value(parameter.values[0].value))
            return made
        grid = Grid([Output("", basic)], "UNIQUE")
        for dated, later in zip(parameter.values, (*parameter.values[1:], None), strict=True):
            start = feel_value(dated.start)
            until = f"[{start}..{feel_value(later.start)})" if later else f">= {start}"
            row = Row(dated.start.isoformat(), [feel_value(dated.value)], None, dated.source, dated.status)
            grid.add(row, [(day, "date", until)])
        tabling.add_table(made, grid)
        return made

    def _derived(self, derived: Derived, types: Element) -> Element:
        logic = derived.logic
        sources = [derived.source, *(each.source for each in derived.rules)]
        type_name = self._type_of(derived.as_fact, types)
        made = self._decision(derived.id, derived.label.nl, type_name, names_of(logic), sources)
        explain(made, derived.because, derived.source, derived.status)
        mark_text(mark(made), "label", derived.label)
        if derived.many:
            self.many.add(derived.id)
        if isinstance(logic, DecisionTable):
            tabling.add_table(made, tabling.grid_of(derived, logic, _TYPES[derived.type], self.lists))
        else:
            _literal(made, feel_expression(logic, self.lists))
        return made

    def _applies(self) -> Element:
        cells = self.framework.applies_to
        made = self._decision(self._free("applies"), "Van toepassing", "boolean", _names_in(cells), [])
        grid = Grid([Output("", "boolean")], "FIRST")
        grid.add(Row("applies.yes", ["true"]), self._conditions(cells))
        grid.add(Row("applies.no", ["false"]), [])
        tabling.add_table(made, grid)
        return made

    def _line(self, table: Table, name: str, types: Element) -> Element:
        type_id = self.ids.of("type", name)
        type_name = _type_name(type_id)
        definition = SubElement(types, "itemDefinition", {"id": type_id, "name": type_name})
        if table.hit in _SEVERAL:
            definition.set("isCollection", "true")
        for part, basic in (("advice", "string"), ("measures", "tMeasures"), ("ground", "string")):
            component = SubElement(definition, "itemComponent", {"name": part})
            SubElement(component, "typeRef").text = basic
        names = [each for rule in table.rules for each in sorted(names_in_rule(rule))]
        sources = [table.source, *(rule.source for rule in table.rules)]
        made = self._decision(name, table.line.nl, type_name, names, sources)
        explain(made, table.text, table.source, table.status)
        mark_text(mark(made), "line", table.line, kind=table.kind, number=str(table.number))
        order = [each.id for each in reversed(self.framework.scale)]
        outputs = [Output("advice", "string", [*map(feel_value, order), NO_ADVICE]), Output("measures", "tMeasures")]
        grid = Grid([*outputs, Output("ground", "string")], table.hit.replace("-", " ").upper())
        wanted = [each.id for each in self.framework.measures]
        for rule in table.rules:
            conditions = self._conditions(rule.when)
            if rule.where is not None:
                conditions.append((feel_expression(rule.where, self.lists), "boolean", "true"))
            measures = tuple(each for each in wanted if each in rule.measures)
            results = [feel_value(rule.advice or ""), feel_value(measures), feel_value(rule.ground or "")]
            grid.add(Row(rule.id, results, rule.because, rule.source, rule.status), conditions)
        tabling.add_table(made, grid)
        return made

    def _combined(self, lines: Sequence[str]) -> Element:
        """The strictest advice that a line gives, else the one that holds when none does."""
        framework = self.framework
        otherwise = framework.otherwise
        sources = [otherwise.source] if otherwise else []
        made = self._decision(self._free("advice"), "Advies", "string", lines, sources)
        grid = Grid([Output("", "string", [feel_value(each.id) for each in reversed(framework.scale)])], "FIRST")
        for outcome in reversed(framework.scale):
            given = " or ".join(
                f"list contains({name}.advice, {feel_value(outcome.id)})"
                if table.hit in _SEVERAL
                else f"{name}.advice = {feel_value(outcome.id)}"
                for table, name in zip(framework.tables, lines, strict=True)
                if any(rule.advice == outcome.id for rule in table.rules)
            )
            if given:
                grid.add(Row(f"strictest.{outcome.id}", [feel_value(outcome.id)]), [(given, "boolean", "true")])
        if otherwise:
            row = Row(
                "otherwise", [feel_value(otherwise.advice)], otherwise.because, otherwise.source, otherwise.status
            )
            grid.add(row, [])
        tabling.add_table(made, grid)
        return made

    def _conditions(self, cells: Mapping[str, Cell]) -> list[tabling.Condition]:
        return [
            tabling.condition(name, self.types[name], name in self.many, cell, self.lists)
            for name, cell in cells.items()
        ]

    # Elements

    def _part(self, tag: str, kind: OneOf["input", "decision"], name: str, label: str) -> Element:
        made_id = self.ids.of(kind, name)
        self.by_name[name] = made_id
        self.parts.append(Part(made_id, kind))
        return Element(tag, {"id": made_id, "name": name, "label": printable(label)})

    def _variable(self, part: Element, name: str, type_name: str) -> None:
        self.types[name] = type_name
        SubElement(part, "variable", {"id": f"{part.get('id')}.variable", "name": name, "typeRef": type_name})

    def _decision(
        self, name: str, label: str, type_name: str, requires: Iterable[str], sources: Iterable[Source]
    ) -> Element:
        made = self._part("decision", "decision", name, label)
        self._variable(made, name, type_name)
        for each in sorted(dict.fromkeys(requires)):
            kind = "requiredInput" if any(fact.id == each for fact in self.framework.facts) else "requiredDecision"
            self._require(made, "informationRequirement", kind, self.by_name[each])
        for document in dict.fromkeys(each.document for each in sources):
            self._require(made, "authorityRequirement", "requiredAuthority", self.ids.of("source", document))
        return made

    def _require(self, decision: Element, tag: str, kind: str, required: str) -> None:
        by = decision.get("id", "")
        arrow = Requirement(f"{by}.requires.{required}", required, by)
        self.arrows.append(arrow)
        SubElement(SubElement(decision, tag, {"id": arrow.id}), kind, {"href": f"#{required}"})


def _names_in(cells: Mapping[str, Cell]) -> list[str]:
    return [*cells, *(name for cell in cells.values() for name in names_in_test(cell.tree))]


def _type_name(type_id: str) -> str:
    return f"t_{type_id.partition('.')[2]}"


def _range(fact: Fact) -> str:
    if fact.minimum is not None and fact.maximum is not None:
        return f"[{fact.minimum}..{fact.maximum}]"
    if fact.minimum is not None:
        return f">= {fact.minimum}"
    return "" if fact.maximum is None else f"<= {fact.maximum}"


def _literal(decision: Element, text: str) -> None:
    literal = SubElement(decision, "literalExpression", {"id": f"{decision.get('id')}.expression"})
    SubElement(literal, "text").text = text
