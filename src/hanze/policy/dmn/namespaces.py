"""The names under which the editions of DMN are known, and our own for what DMN has no words for."""

from __future__ import annotations

MODELS = {
    "http://www.omg.org/spec/DMN/20151101/dmn.xsd": "1.1",
    "http://www.omg.org/spec/DMN/20180521/MODEL/": "1.2",
    "https://www.omg.org/spec/DMN/20191111/MODEL/": "1.3",
    "https://www.omg.org/spec/DMN/20211108/MODEL/": "1.4",
    "https://www.omg.org/spec/DMN/20230324/MODEL/": "1.5",
}

MODEL = "https://www.omg.org/spec/DMN/20191111/MODEL/"
DIAGRAM = "https://www.omg.org/spec/DMN/20191111/DMNDI/"
BOUNDS = "http://www.omg.org/spec/DMN/20180521/DC/"
LINES = "http://www.omg.org/spec/DMN/20180521/DI/"
FEEL = "https://www.omg.org/spec/DMN/20191111/FEEL/"

HANZE = "urn:hanze:framework:1"


def is_feel(language: str) -> bool:
    """Whether an expression language is FEEL or S-FEEL, in any edition."""
    return language == "" or language.lower() in ("feel", "s-feel") or language.rstrip("/").lower().endswith("feel")
