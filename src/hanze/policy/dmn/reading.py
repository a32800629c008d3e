"""A DMN file as a decision model: inputs, decisions and functions, with every problem at its line and column.

Level 2 is read whole. Of level 3 the decision tables, contexts and invocations within the grammar of `docs/grammar.md`;
the rest is refused by name.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from hanze.policy.cells import Anything, Cell
from hanze.policy.decisions import (
    Aggregation,
    Context,
    Decision,
    DecisionTable,
    HitPolicy,
    InputData,
    Invocation,
    Knowledge,
    Logic,
    Model,
    TableInput,
    TableOutput,
    TableRule,
    Type,
)
from hanze.policy.dmn.namespaces import MODELS, is_feel
from hanze.policy.dmn.problems import DmnError, Problems
from hanze.policy.dmn.types import ANY, Types, note, read_test, text_of
from hanze.policy.dmn.xml import LARGEST, Element, XmlError, parse
from hanze.policy.expressions import Constant, Expression, Span
from hanze.policy.framework import Problem
from hanze.policy.parsing import CellError, Scope, parse_expression

LOGIC = ("literalExpression", "decisionTable", "invocation", "context")
BEYOND = ("relation", "list", "functionDefinition", "conditional", "for", "every", "some", "filter")
DRAWN = ("inputData", "decision", "businessKnowledgeModel", "knowledgeSource", "decisionService")
HITS = ("UNIQUE", "ANY", "PRIORITY", "FIRST", "COLLECT", "RULE ORDER", "OUTPUT ORDER")
AGGREGATIONS = ("SUM", "COUNT", "MIN", "MAX")
NULL = Constant(None, Span(0, 0))
NOTHING = Cell("-", Anything(Span(0, 1)))


def read_dmn(path: Path | str) -> Model:
    """The model in a file. Raises DmnError with every problem (file, line, column, what to do)."""
    file = Path(path)
    try:
        with file.open("rb") as stream:
            content = stream.read(LARGEST + 1)  # no more than shows that it is too large
    except OSError as error:
        raise DmnError([Problem(str(file), 1, 1, "The file cannot be read.", str(error.strerror))]) from None
    return read_dmn_bytes(content, str(file))


def read_dmn_bytes(content: bytes, name: str = "model.dmn") -> Model:
    """The model in the content of a file that goes by `name`. Raises DmnError."""
    root = definitions_of(content, name)
    problems = Problems(name)
    try:
        model = _Reader(root, problems).model()
    except RecursionError:
        problems.stop(root, "Something here is nested too deep.", "Take it apart into decisions.")
    problems.raise_if_any()
    return model


def definitions_of(content: bytes, name: str) -> Element:
    """The root element of a DMN file. Raises DmnError when it is no XML or no DMN."""
    try:
        root = parse(content)
    except XmlError as error:
        problem = Problem(name, error.place.line, error.place.column, error.message, error.hint)
        raise DmnError([problem]) from None
    if root.name != "definitions" or root.namespace not in MODELS:
        Problems(name).stop(
            root, "This is no DMN model.", "The root is <definitions> in a namespace of DMN 1.1 to 1.5."
        )
    return root


@dataclass(frozen=True)
class _Names:
    """What a decision or function may refer to."""

    types: Mapping[str, Type]
    functions: Mapping[str, int]

    def scope(self) -> Scope:
        return Scope(self.types, self.functions)

    def only(self, required: Collection[str]) -> Scope:
        """What a decision requires; the value of another is not there when it is worked out."""
        return Scope({name: self.types.get(name, ANY) for name in required}, self.functions)


class _Reader:
    def __init__(self, root: Element, problems: Problems) -> None:
        self.root = root
        self.problems = problems
        self.types = Types({each.get("name"): each for each in root.all("itemDefinition")}, problems)
        self.by_id: dict[str, Element] = {}
        self._note_what_is_foreign()
        self.functions = {each.get("name"): len(self._parameters(each)) for each in root.all("businessKnowledgeModel")}

    def _note_what_is_foreign(self) -> None:
        """Another language, another model, and an id that two elements have."""
        language = self.root.get("expressionLanguage")
        if not is_feel(language):
            self.problems.add(self.root, f"Models in {language} are not read.", "Write the expressions in FEEL.")
        for each in self.root.all("import"):
            name = each.get("name") or each.get("locationURI") or each.get("namespace")
            self.problems.add(each, f"The model imports “{name}”.", "Put both models in one file.")
        for each in self.root.all(*DRAWN):
            if self.by_id.setdefault(each.get("id"), each) is not each and each.get("id"):
                self.problems.add(each, f"The id “{each.get('id')}” stands here twice.", "Give each its own id.")

    def model(self) -> Model:
        inputs = tuple(self._input(each) for each in self.root.all("inputData"))
        decisions = list(self.root.all("decision"))
        names: dict[str, Type] = {}
        for each in self.root.all("inputData", "decision"):
            name = each.get("name")
            if not name:
                self.problems.add(each, f"This {each.name} has no name.", "Give it a name.")
            elif name in names:
                self.problems.add(each, f"The name “{name}” stands here twice.", "Give each a name of its own.")
            names[name] = self._type_of(each)
        known = _Names(names, self.functions)
        return Model(
            id=self.root.get("id") or self.root.get("namespace"),
            name=self.root.get("name"),
            inputs=inputs,
            decisions=tuple(self._decision(each, known) for each in self._in_order(decisions)),
            knowledge=tuple(self._knowledge(each) for each in self.root.all("businessKnowledgeModel")),
            types=self.types.all(),
        )

    def _input(self, element: Element) -> InputData:
        return InputData(element.get("id"), element.get("name"), self._type_of(element))

    def _type_of(self, element: Element) -> Type:
        variable = element.first("variable")
        return self.types.named(variable.get("typeRef"), variable) if variable else ANY

    def _parameters(self, knowledge: Element) -> list[Element]:
        body = knowledge.first("encapsulatedLogic")
        return list(body.all("formalParameter")) if body else []

    def _knowledge(self, element: Element) -> Knowledge:
        parameters = {
            each.get("name"): self.types.named(each.get("typeRef"), each) for each in self._parameters(element)
        }
        body = element.first("encapsulatedLogic") or element
        if body.get("kind") not in ("", "FEEL"):
            message = f"Functions of the kind {body.get('kind')} are not read."
            self.problems.add(body, message, "Write the function in FEEL.")
        logic = self._logic(body, _Names(parameters, self.functions).scope())
        return Knowledge(element.get("id"), element.get("name"), parameters, logic)

    def _decision(self, element: Element, known: _Names) -> Decision:
        required = [self._target(each) for each in self._requirements(element, "requiredInput", "requiredDecision")]
        names = tuple(each.get("name") for each in required if each)
        logic = self._logic(element, known.only(names))
        return Decision(element.get("id"), element.get("name"), self._type_of(element), logic, names)

    def _requirements(self, element: Element, *kinds: str) -> list[Element]:
        return [each for need in element.all("informationRequirement") for each in need.all(*kinds)]

    def _target(self, reference: Element) -> Element | None:
        href = reference.get("href")
        elsewhere, _, identifier = href.rpartition("#")
        found = self.by_id.get(identifier) if identifier and not elsewhere else None
        if found is None:
            hint = "Put what is required in the same file."
            self.problems.add(reference, f"“{href}” refers to nothing in this file.", hint)
        return found

    def _in_order(self, decisions: Iterable[Element]) -> list[Element]:
        """The decisions, each after those that it requires; a circle is a problem that names its decisions."""
        ordered: list[Element] = []
        done: set[int] = set()
        path: list[Element] = []

        def visit(decision: Element) -> None:
            if id(decision) in done:
                return
            if decision in path:
                circle = " → ".join(each.get("name") for each in [*path[path.index(decision) :], decision])
                self.problems.stop(decision, f"These decisions need each other: {circle}.", "Break the circle.")
            path.append(decision)
            for reference in self._requirements(decision, "requiredDecision"):
                needed = self._target(reference)
                if needed is not None and needed.name == "decision":
                    visit(needed)
            path.pop()
            done.add(id(decision))
            ordered.append(decision)

        for each in decisions:
            visit(each)
        return ordered

    def _logic(self, holder: Element, scope: Scope) -> Logic:
        """The logic that stands in an element; what is beyond the grammar is refused by name."""
        for element in holder.all(*BEYOND):
            self.problems.add(
                element, f"A boxed {element.name} is beyond what is read.", "Write it as a decision table."
            )
            return NULL
        element = holder.first(*LOGIC)
        if element is None:
            what = holder.get("name") or holder.name
            self.problems.add(holder, f"“{what}” has no logic.", "Give it a decision table or an expression.")
            return NULL
        match element.name:
            case "decisionTable":
                return self._table(element, scope)
            case "invocation":
                return self._invocation(element, scope)
            case "context":
                return self._context(element, scope)
            case _:
                return self._expression(element, scope)

    def _expression(self, element: Element | None, scope: Scope) -> Expression:
        if element is None:
            return NULL
        if not is_feel(element.get("expressionLanguage")):
            language = element.get("expressionLanguage")
            self.problems.add(element, f"Expressions in {language} are not read.", "Write them in FEEL.")
            return NULL
        for each in element.all("importedValues"):
            self.problems.add(each, "Values from another file (importedValues) are not read.", "Write them out here.")
        text = text_of(element)
        if not text:
            return NULL
        try:
            return parse_expression(text, scope, dmn=True)
        except CellError as error:
            note(element, text, error, self.problems)
            return NULL

    def _invocation(self, element: Element, scope: Scope) -> Invocation:
        called = element.first("literalExpression")
        name = text_of(called)
        if name not in self.functions:
            self.problems.add(called or element, f"There is no function “{name}”.", "Call a business knowledge model.")
        bindings: dict[str, Expression] = {}
        for binding in element.all("binding"):
            parameter, value = binding.first("parameter"), binding.first(*LOGIC)
            if value is not None and value.name != "literalExpression":
                self.problems.add(value, f"A {value.name} in a binding is not read.", "Make it a decision of its own.")
                continue
            bindings[parameter.get("name") if parameter else ""] = self._expression(value, scope)
        return Invocation(name, bindings)

    def _context(self, element: Element, scope: Scope) -> Context:
        entries: dict[str, Logic] = {}
        seen: dict[str, Type] = {}
        result: Logic | None = None
        for entry in element.all("contextEntry"):
            variable = entry.first("variable")
            inside = Scope({**scope.names, **seen}, scope.functions)
            if variable is None:
                result = self._logic(entry, inside)
            else:
                entries[variable.get("name")] = self._logic(entry, inside)
                seen[variable.get("name")] = self.types.named(variable.get("typeRef"), variable)
        return Context(entries, result)

    def _table(self, element: Element, scope: Scope) -> DecisionTable:
        inputs = tuple(self._table_input(each, scope) for each in element.all("input"))
        outputs = tuple(self._table_output(each, scope) for each in element.all("output"))
        hit = self._one_of(element, "hitPolicy", HITS, "UNIQUE")
        aggregation = self._one_of(element, "aggregation", AGGREGATIONS, "")
        self._check_outputs(element, outputs, hit, aggregation)
        return DecisionTable(
            inputs,
            outputs,
            tuple(self._rule(each, at, inputs, outputs, scope) for at, each in enumerate(element.all("rule"), 1)),
            cast(HitPolicy, hit.lower()),
            cast(Aggregation, aggregation.lower()) if aggregation else None,
        )

    def _check_outputs(self, element: Element, outputs: tuple[TableOutput, ...], hit: str, aggregation: str) -> None:
        if not outputs:
            self.problems.add(element, "The table has no output.", "Give it an output column.")
        if len(outputs) > 1 and len({each.name for each in outputs} - {""}) < len(outputs):
            self.problems.add(element, "The outputs cannot be told apart.", "Give each output a name of its own.")
        if aggregation and hit != "COLLECT":
            self.problems.add(element, f"{aggregation} does not go with {hit}.", "Only COLLECT takes an aggregation.")
        if aggregation and len(outputs) > 1:
            self.problems.add(element, f"{aggregation} needs one output.", "Make a table for each output.")

    def _one_of(self, element: Element, attribute: str, values: tuple[str, ...], otherwise: str) -> str:
        said = element.get(attribute) or otherwise
        if said and said not in values:
            self.problems.add(element, f"“{said}” is no {attribute}.", f"Write one of: {', '.join(values)}.")
            return otherwise
        return said

    def _table_input(self, element: Element, scope: Scope) -> TableInput:
        asked = element.first("inputExpression")
        type_ = self.types.named(asked.get("typeRef"), asked) if asked else ANY
        values = element.first("inputValues")
        if values is not None and text_of(values):
            type_ = Type(type_.basic, type_.is_list, type_.fields, read_test(values, type_, scope, self.problems))
        return TableInput(self._expression(asked, scope), type_, element.get("label"))

    def _table_output(self, element: Element, scope: Scope) -> TableOutput:
        type_ = self.types.named(element.get("typeRef"), element)
        return TableOutput(
            element.get("name"),
            type_,
            self._listed(element.first("outputValues"), scope),
            self._expression(element.first("defaultOutputEntry"), scope)
            if element.first("defaultOutputEntry")
            else None,
            element.get("label"),
        )

    def _listed(self, element: Element | None, scope: Scope) -> tuple[Expression, ...]:
        """Output values in their order: a list of expressions between commas."""
        text = text_of(element)
        if element is None or not text:
            return ()
        try:
            listed = parse_expression(f"[{text}]", scope, dmn=True)
        except CellError as error:
            note(element, text, error, self.problems)
            return ()
        return getattr(listed, "items", ())

    def _rule(
        self, element: Element, at: int, inputs: tuple[TableInput, ...], outputs: tuple[TableOutput, ...], scope: Scope
    ) -> TableRule:
        conditions, results = list(element.all("inputEntry")), list(element.all("outputEntry"))
        for found, wanted, what in ((conditions, inputs, "inputs"), (results, outputs, "outputs")):
            if len(found) != len(wanted):
                message = f"This rule has {len(found)} cells where the table has {len(wanted)} {what}."
                self.problems.add(element, message, "Give it one for each.")
        cells = (
            read_test(each, column.type, scope, self.problems) or NOTHING
            for each, column in zip(conditions, inputs, strict=False)
        )
        notes = (text_of(each) for each in element.all("annotationEntry"))
        return TableRule(
            element.get("id") or str(at),
            tuple(cells),
            tuple(self._expression(each, scope) for each in results),
            tuple(notes),
        )
