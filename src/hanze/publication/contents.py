"""What of a record would be public: written out here field by field, so that a new field is not public by itself.

Organisations are named only when they are classified as public; people only when they are an executive who leads.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, get_args

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Sum
from django.utils.formats import date_format
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from hanze.accounts.classification import Classification
from hanze.accounts.models import Role
from hanze.evaluation.models import Evaluation
from hanze.evaluation.report import build
from hanze.missions.models import Activity, Cost
from hanze.policy.hashing import sha256_of
from hanze.publication.audience import OUTSIDE
from hanze.publication.documents import Copy
from hanze.publication.models import Item
from hanze.register.models import Agreement, Organisation
from hanze.reporting import Language
from hanze.reporting.html import prose_html, to_html
from hanze.reporting.words import written_date

Facts = list[tuple[str, str]]


@dataclass(frozen=True)
class Kind:
    """One kind of publication: its model, what is asked of a record, its page and its open data."""

    model: type[models.Model]
    objection: Callable[[Any], str]
    page: Callable[[Any], dict[str, Any]]
    data: Callable[[Any], dict[str, Any]]


def content_of(kind: str, record: Any, copies: Iterable[Copy] = ()) -> dict[str, Any]:
    """The content of an item: a page a language, the open data, the organisations that it names, and the documents
    that go along with it."""
    of = KINDS[kind]
    pages: dict[str, Any] = {}
    for language in get_args(Language):
        with override(language):
            pages[language] = of.page(record)
    documents = [copy.described for copy in copies]
    names = sorted(each.pk for each in _named(kind, record))
    return {**pages, "data": of.data(record), "names": names, "documents": documents}


def fingerprint_of(content: dict[str, Any]) -> str:
    """By which a preview and what is published are known to be the same."""
    return sha256_of(content)


def check(kind: str, record: Any) -> None:
    """Raise ValidationError when the record may not be public."""
    if record.classification != Classification.PUBLIC:
        raise ValidationError(_("Only a public record can be published. Change its classification first."))
    objection = KINDS[kind].objection(record)
    if objection:
        raise ValidationError(objection)


def public(organisations: Iterable[Organisation]) -> list[Organisation]:
    """Those that may be named to everybody."""
    return [each for each in organisations if each.classification == Classification.PUBLIC or each.is_home]


def _named(kind: str, record: Any) -> list[Organisation]:
    if kind == Item.Kind.AGREEMENT:
        return public(record.parties.all())
    return public(record.partners.all()) if kind == Item.Kind.ACTIVITY else []


def _page(title: str, subtitle: str, facts: Facts, html: str = "") -> dict[str, Any]:
    return {
        "title": title,
        "subtitle": subtitle,
        "facts": [[name, value] for name, value in facts if value],
        "html": html,
    }


def _activity_page(activity: Activity) -> dict[str, Any]:
    language: Any = (get_language() or "nl")[:2]
    report = prose_html(activity.in_language("public_report"), {}, language, lambda key: "", 1)
    facts = [
        (_("When"), _period(activity.starts_on, activity.ends_on, activity.date_precision)),
        (_("Country"), str(activity.country)),
        (_("Places"), ", ".join(_places(activity))),
        (_("Sector"), activity.get_sector_display()),
        (_("Themes"), ", ".join(str(each) for each in activity.themes.all())),
        (_("Goals it serves"), ", ".join(str(each) for each in activity.goals.all())),
        (_("Partners"), ", ".join(str(each) for each in public(activity.partners.all()))),
        (_("Led by"), _executive(activity)),
    ]
    return _page(str(activity), activity.get_kind_display(), facts, report)


def _activity_data(activity: Activity) -> dict[str, Any]:
    return {
        "id": activity.pk,
        "title_nl": activity.title,
        "title_en": activity.title_en,
        "kind": activity.kind,
        "starts_on": activity.starts_on.isoformat(),
        "ends_on": activity.ends_on.isoformat(),
        "date_precision": activity.date_precision,
        "country": activity.country_id,  # type: ignore[attr-defined]
        "sector": activity.sector,
        "report_nl": activity.public_report,
        "report_en": activity.public_report_en,
    }


def _agreement_page(agreement: Agreement) -> dict[str, Any]:
    facts = [
        (_("Parties"), ", ".join(str(each) for each in public(agreement.parties.all()))),
        (_("Subject"), agreement.subject),
        (_("Signed on"), _day(agreement.signed_on)),
        (_("Valid until"), _day(agreement.valid_until) if agreement.valid_until else ""),
        (_("Ended on"), _day(agreement.ended_on) if agreement.ended_on else ""),
    ]
    return _page(agreement.title, agreement.get_kind_display(), facts)


def _agreement_data(agreement: Agreement) -> dict[str, Any]:
    return {
        "id": agreement.pk,
        "title": agreement.title,
        "kind": agreement.kind,
        "subject": agreement.subject,
        "parties": "; ".join(str(each) for each in public(agreement.parties.all())),
        "signed_on": agreement.signed_on.isoformat(),
        "valid_until": agreement.valid_until.isoformat() if agreement.valid_until else "",
        "ended_on": agreement.ended_on.isoformat() if agreement.ended_on else "",
    }


def _evaluation_page(evaluation: Evaluation) -> dict[str, Any]:
    language: Any = (get_language() or "nl")[:2]
    report = build(evaluation, language, OUTSIDE)
    return _page(report.title, report.period, [(_("About"), report.subtitle)], to_html(report))


def _evaluation_data(evaluation: Evaluation) -> dict[str, Any]:
    report = build(evaluation, "nl", OUTSIDE)
    figures = {key: figure.value for key, figure in report.figures.items()}
    return {
        "id": evaluation.pk,
        "title_nl": evaluation.title_nl,
        "title_en": evaluation.title_en,
        "period_start": evaluation.period_start.isoformat(),
        "period_end": evaluation.period_end.isoformat(),
        "country": evaluation.country_id or "",  # type: ignore[attr-defined]
        **{f"figure_{key}": value for key, value in figures.items() if isinstance(value, int | str | Decimal)},
    }


def _travel_page(activity: Activity) -> dict[str, Any]:
    rows = [(str(Cost.Category(category).label), f"€ {amount:.2f}") for category, amount in _costs(activity, ours=True)]
    others = sum(amount for _category, amount in _costs(activity, ours=False))
    facts = [
        (_("When"), _period(activity.starts_on, activity.ends_on, activity.date_precision)),
        (_("Country"), str(activity.country)),
        (_("Places"), ", ".join(_places(activity))),
        (_("Who travelled"), _executive(activity)),
        *rows,
        (_("Paid by others"), f"€ {others:.2f}" if others else ""),
    ]
    return _page(str(activity), _("Travel and its costs"), facts)


def _travel_data(activity: Activity) -> dict[str, Any]:
    ours, others = dict(_costs(activity, ours=True)), dict(_costs(activity, ours=False))
    return {
        "id": activity.pk,
        "title_nl": activity.title,
        "title_en": activity.title_en,
        "starts_on": activity.starts_on.isoformat(),
        "ends_on": activity.ends_on.isoformat(),
        "country": activity.country_id,  # type: ignore[attr-defined]
        "who": _executive(activity),
        **{f"cost_{code}": str(ours.get(code, "0.00")) for code in Cost.Category.values},
        "paid_by_others": str(sum(others.values(), Decimal("0.00"))),
    }


def _costs(activity: Activity, ours: bool) -> list[tuple[str, Decimal]]:
    """The sums by category of what we paid ourselves, or of what others did; who they are is not public."""
    rows = activity.costs.filter(paid_by="") if ours else activity.costs.exclude(paid_by="")
    return list(rows.order_by("category").values_list("category").annotate(total=Sum("amount")))


def _executive(activity: Activity) -> str:
    """Who led it, when that is an executive in function."""
    leader = activity.leader
    if leader is None or not leader.has_role(Role.EXECUTIVE):
        return ""
    return leader.name if leader.title.lower() in leader.name.lower() else f"{leader.name}, {leader.title}"


def _places(activity: Activity) -> list[str]:
    """Where it was, to the city; venues are not public."""
    rows = activity.places.select_related("city", "region", "country")
    return list(dict.fromkeys(str(each.city or each.region or each.country) for each in rows))


def _period(start: date, end: date, precision: str) -> str:
    if precision != "day":
        return date_format(start, "F Y") if precision == "month" else str(start.year)
    return _day(start) if start == end else f"{_day(start)} – {_day(end)}"


def _day(day: date) -> str:
    language: Any = (get_language() or "nl")[:2]
    return written_date(day, language)


def _objection_to_activity(activity: Activity) -> str:
    if activity.state not in (Activity.State.HELD, Activity.State.CLOSED):
        return _("A report is published when the activity was held.")
    return "" if activity.public_report.strip() else _("Write the report first.")


def _objection_to_travel(activity: Activity) -> str:
    if activity.state not in (Activity.State.HELD, Activity.State.CLOSED):
        return _("Travel is published when it was made.")
    return "" if activity.costs.exists() else _("Enter the costs first.")


KINDS: dict[str, Kind] = {
    Item.Kind.ACTIVITY: Kind(Activity, _objection_to_activity, _activity_page, _activity_data),
    Item.Kind.AGREEMENT: Kind(Agreement, lambda agreement: "", _agreement_page, _agreement_data),
    Item.Kind.EVALUATION: Kind(Evaluation, lambda evaluation: "", _evaluation_page, _evaluation_data),
    Item.Kind.TRAVEL: Kind(Activity, _objection_to_travel, _travel_page, _travel_data),
}
