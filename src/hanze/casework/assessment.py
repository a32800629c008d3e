"""The weighing of a request as one reader sees it: facts, questions, advice, and what may be done next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from hanze.accounts.models import User
from hanze.casework import risks
from hanze.casework.advice import Content, Weighing, advise, latest, weighs_the_same
from hanze.casework.facts import FactValue, stored
from hanze.casework.models import ContactMoment, Receipt, Request
from hanze.casework.operations.decision import consulted
from hanze.casework.panel import (
    Consequence,
    FactShown,
    Panel,
    facts_of_receipt,
    panel_of,
    value_in_words,
)
from hanze.frameworks import library
from hanze.frameworks.words import say, upper_first
from hanze.policy import Fact, Framework

State = Request.State
RADIOS_AT_MOST = 6


@dataclass(frozen=True)
class Option:
    """One answer that can be chosen."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True)
class Question:
    """A fact that the officer answers, with the answer as it stands (or as it was refused, with why).

    `hints` say what in the request points to the risk that the question is about.
    """

    fact: str
    ask: str
    help: str
    kind: str
    options: tuple[Option, ...]
    written: str
    explanation: str
    answered: str
    matters: bool
    consequences: tuple[Consequence, ...]
    error: str = ""
    hints: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        return f"fact-{self.fact}"

    @property
    def hints_from(self) -> str:
        """The list by which the hints were recognised."""
        return risks.source()


@dataclass(frozen=True)
class Assessment:
    """Everything that the assessment page and the right side of the case page show.

    `unreadable` says that a framework file is broken, `outdated` that facts or framework are no longer those of `kept`.
    """

    request: Request
    panel: Panel | None
    questions: tuple[Question, ...]
    facts: tuple[FactShown, ...]
    kept: Receipt | None
    may_assess: bool
    may_decide: bool
    unreadable: bool
    outdated: bool

    @property
    def live(self) -> bool:
        """Whether this is computed on the facts of now, not read from the receipt of a decision."""
        return self.request.is_open

    @property
    def may_present(self) -> bool:
        in_time = self.request.state in (State.RECEIVED, State.IN_ASSESSMENT)
        return self.may_assess and in_time and self.panel is not None and self.panel.outcome is not None

    @property
    def open_count(self) -> int:
        return len(self.panel.questions) if self.panel else 0

    @property
    def consult_first(self) -> bool:
        return bool(self.live and self.panel and self.panel.outcome and self.panel.outcome.kind == "escalate")

    @property
    def was_consulted(self) -> bool:
        return consulted(self.request, timezone.localdate())


def assessment_of(
    request: Request, reader: User, refused: ValidationError | None = None, tried: Mapping[str, str] | None = None
) -> Assessment:
    """The weighing of a visible request for `reader`: live while it is open, else as it was decided or last computed.

    `refused` is an answer's error keyed by its fact, `tried` what was written there.
    """
    kept = _kept(request)
    weighing = advise(request) if request.is_open else None
    content, framework = _to_show(request, weighing, kept)
    panel = panel_of(content, framework) if content else None
    may_assess = request.is_open and reader.has_perm("casework.assess_request", request)
    questions = _questions(weighing, panel, refused, tried or {}) if weighing and panel and may_assess else ()
    asked = {question.fact for question in questions}
    facts = _live_facts(weighing, reader) if weighing else facts_of_receipt(content, framework) if content else []
    return Assessment(
        request=request,
        panel=panel,
        questions=questions,
        facts=tuple(fact for fact in facts if fact.id not in asked),
        kept=kept,
        may_assess=may_assess,
        may_decide=request.state == State.ADVISED and reader.has_perm("casework.decide_request", request),
        unreadable=request.is_open and bool(library.problems()),
        outdated=bool(weighing and kept and content and not weighs_the_same(kept.content, content)),
    )


def _to_show(
    request: Request, weighing: Weighing | None, kept: Receipt | None
) -> tuple[Content | None, Framework | None]:
    """The advice of now, or of an ended case the advice that was kept."""
    if weighing:
        return weighing.content(), weighing.framework
    if kept and not request.is_open:
        return kept.content, library.get(kept.framework, kept.version)
    return None, None


def _kept(request: Request) -> Receipt | None:
    decision = getattr(request, "decision", None)
    return decision.receipt if decision else latest(request)


def _questions(
    weighing: Weighing, panel: Panel, refused: ValidationError | None, tried: Mapping[str, str]
) -> tuple[Question, ...]:
    errors = refused.message_dict if refused and hasattr(refused, "error_dict") else {}
    consequences = {question.fact: question.consequences for question in panel.questions}
    hints = risks.hints(weighing.request)
    asked = (
        _question(fact, known, consequences.get(fact.id), " ".join(errors.get(fact.id, ())), tried.get(fact.id))
        for fact in weighing.framework.facts
        if _is_asked(fact, known := weighing.facts[fact.id], fact.id in consequences)
    )
    return tuple(replace(question, hints=hints.get(question.fact, ())) for question in asked)


def _is_asked(fact: Fact, known: FactValue, matters: bool) -> bool:
    if fact.ask is None or not known.answerable:
        return False
    return known.answer is not None or (known.value is None and matters)


def _question(
    fact: Fact, known: FactValue, consequences: tuple[Consequence, ...] | None, error: str, tried: str | None
) -> Question:
    written = written_answer(known) if tried is None else tried
    options = tuple(
        Option(value, label, value == written) for value, label in (*answers_to(fact), ("", _("Still unknown")))
    )
    kind = fact.type if fact.type in ("number", "date", "text") else "few" if len(options) <= RADIOS_AT_MOST else "many"
    return Question(
        fact=fact.id,
        ask=say(fact.ask),
        help=say(fact.help),
        kind=kind,
        options=options,
        written=written,
        explanation=known.answer.explanation if known.answer else "",
        answered=say(known.origin) if known.answer else "",
        matters=consequences is not None,
        consequences=consequences or (),
        error=error,
    )


def answers_to(fact: Fact) -> list[tuple[str, str]]:
    """The answers that can be chosen, as (value in the form, words); none for a number, date or text."""
    if fact.type == "boolean":
        return [("yes", _("Yes")), ("no", _("No"))]
    return [(choice.code, upper_first(say(choice.label))) for choice in fact.choices]


def value_from_form(fact: Fact | None, written: str) -> Any:
    """What the form sends as a value for `answer_fact`; None for “still unknown”."""
    if not written.strip():
        return None
    if fact is not None and fact.type == "boolean":
        return {"yes": True, "no": False}.get(written, written)
    return written


def written_answer(known: FactValue) -> str:
    """An answer as the form writes it."""
    if known.value is None or known.answer is None:
        return ""
    if isinstance(known.value, bool):
        return "yes" if known.value else "no"
    return str(stored(known.value))


def _live_facts(weighing: Weighing, reader: User) -> Iterable[FactShown]:
    needed = {question.fact.id for question in weighing.advice.questions}
    for fact in weighing.framework.facts:
        known = weighing.facts[fact.id]
        yield FactShown(
            id=fact.id,
            label=say(fact.label),
            value=value_in_words(known.value, fact),
            known=known.value is not None,
            origin=say(known.origin),
            url=_address(fact, known, reader),
            needed=known.value is not None or fact.id in needed,
        )


def _address(fact: Fact, known: FactValue, reader: User) -> str:
    """Where a fact can be checked or changed, when the reader may go there."""
    if isinstance(known.record, ContactMoment):
        visible = ContactMoment.objects.visible_to(reader).filter(pk=known.record.pk).exists()
        return reverse("casework:contact-detail", args=[known.record.pk]) if visible else ""
    if isinstance(known.record, Request):
        part = "#participants" if (fact.source_path or "").startswith("screening.") else ""
        return reverse("casework:request-detail", args=[known.record.pk]) + part
    return ""
