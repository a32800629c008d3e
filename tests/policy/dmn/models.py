"""Small DMN models for tests."""

from __future__ import annotations

NAMESPACES = {
    "1.1": "http://www.omg.org/spec/DMN/20151101/dmn.xsd",
    "1.2": "http://www.omg.org/spec/DMN/20180521/MODEL/",
    "1.3": "https://www.omg.org/spec/DMN/20191111/MODEL/",
    "1.4": "https://www.omg.org/spec/DMN/20211108/MODEL/",
    "1.5": "https://www.omg.org/spec/DMN/20230324/MODEL/",
}
INPUTS = """<inputData id="i1" name="Guest count"><variable name="Guest count" typeRef="number"/></inputData>
<inputData id="i2" name="Kind"><variable name="Kind" typeRef="string"/></inputData>"""
NEEDS = """<informationRequirement><requiredInput href="#i1"/></informationRequirement>
<informationRequirement><requiredInput href="#i2"/></informationRequirement>"""


def definitions(inside: str, edition: str = "1.3", attributes: str = "") -> bytes:
    """A whole model with these elements in it."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<definitions xmlns="{NAMESPACES[edition]}" id="m" name="m" namespace="m" {attributes}>\n'
        f"{inside}\n</definitions>"
    ).encode()


def deciding(logic: str, typed: str = "", edition: str = "1.3") -> bytes:
    """A model with two inputs and one decision with this logic."""
    variable = f'<variable name="Answer" {typed}/>'
    return definitions(f'{INPUTS}\n<decision id="d" name="Answer">{variable}{NEEDS}\n{logic}\n</decision>', edition)


def literal(text: str) -> str:
    """A literal expression."""
    return f"<literalExpression><text>{text}</text></literalExpression>"


def table(rules: str, hit: str = "UNIQUE", more: str = "", outputs: str = '<output id="o1"/>') -> str:
    """A decision table on both inputs."""
    return f"""<decisionTable hitPolicy="{hit}" {more}>
<input id="c1"><inputExpression typeRef="number"><text>Guest count</text></inputExpression></input>
<input id="c2"><inputExpression typeRef="string"><text>Kind</text></inputExpression></input>
{outputs}
{rules}
</decisionTable>"""


def rule(*cells: str) -> str:
    """A row; the last cell is its result."""
    entries = "".join(f"<inputEntry><text>{each}</text></inputEntry>" for each in cells[:-1])
    return f"<rule>{entries}<outputEntry><text>{cells[-1]}</text></outputEntry></rule>"
