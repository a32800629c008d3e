"""The plan of an initiative as a report to hand out: what it is about, the areas, the plan, and who wants to."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from hanze.areas.models import Initiative, PlanRun
from hanze.areas.planning.comparing import listed
from hanze.areas.planning.figures import figures as plan_figures
from hanze.areas.planning.reading import Reading
from hanze.areas.report import chapters, plan
from hanze.areas.report.material import Material, figures, gather
from hanze.register.models import Organisation
from hanze.register.sources import Provenance
from hanze.reporting import Language, Report, Section, written_date

HEADLINE = ("farms", "clustered", "hubs", "exchanges", "swaps", "saving", "nearer", "parties-willing")

TRADE = ("exchanges", "saving")


def build(initiative: Initiative, run: PlanRun | None, language: Language, at: datetime | None = None) -> Report:
    """The report in a language. `run` is a plan that was made, or None: then the chapters of a plan are left out.

    Everything in it belongs to the initiative, so whoever may read that may read all of it.
    """
    made = at or timezone.now()
    with override(language):
        material = gather(initiative, language)
        read = Reading(run) if run else None
        found = {figure.key: figure for figure in (*figures(material), *(plan_figures(read) if read else ()))}
        home = Organisation.objects.filter(is_home=True).values_list("name", flat=True).first()
        return Report(
            title=initiative.title,
            subtitle=run.title if run else _("Where farms can work together"),
            organisation=home or "",
            period=written_date(timezone.localtime(made).date(), language),
            language=language,
            generated_at=made,
            status=_status(initiative),
            fingerprint=run.fingerprint if run else "",
            figures=found,
            sections=tuple(_sections(material, read)),
            annexes=tuple(_annexes(material, read)),
            summary=_summary(material, read),
            headline=tuple(key for key in HEADLINE if key in found and (key not in TRADE or found["exchanges"].rows)),
            colophon=_basis(initiative),
            row_types=_row_types(),
        )


def _sections(material: Material, read: Reading | None) -> list[Section]:
    found = [chapters.about(material), chapters.conditions(material), chapters.areas(material)]
    if read is not None:
        found += plan.chapters(read, material.language)
    found += [chapters.parties(material), *chapters.meetings(material), plan.to_verify(material, read)]
    if not any(meeting.answers.all() for meeting in material.meetings):
        found.append(chapters.answer_form())
    return found


def _annexes(material: Material, read: Reading | None) -> list[Section]:
    found = [chapters.values(material)]
    if read is not None:
        found += plan.annexes(read, listed(read), material.language)
    return found


def _summary(material: Material, read: Reading | None) -> str:
    """The whole in a few lines, with its figures."""
    told: list[str] = []
    if material.conclusion:
        told.append(
            _("**%(area)s** is the preferred area.") % {"area": chapters.escaped(material.conclusion.area.name)}
        )
    if material.outcome:
        chosen = [chapters.escaped(row.condition.label) for row in material.outcome.rows if row.chosen]
        told.append(_("What weighs most for the advisory group: %(chosen)s.") % {"chosen": "; ".join(chosen)})
    if read is not None:
        told.append(
            _(
                "The plan brings {{ clustered }} of {{ farms }} farms together in clusters with {{ hubs }} hubs. "
                "{{ swaps }} parcels that change hands bring the land {{ nearer }} hectares × kilometres nearer."
            )
        )
        if read.exchanges:
            told.append(_("{{ exchanges }} exchanges between farms save {{ saving }} euro a year."))
    if material.parties:
        told.append(
            _(
                "Of {{ parties }} parties that were asked, {{ parties-willing }} are willing and "
                "{{ parties-conditional }} under conditions."
            )
        )
    return "\n\n".join(told)


def _status(initiative: Initiative) -> str:
    secret = initiative.classification not in ("public", "internal")
    return f"{_('Draft')} · {initiative.get_classification_display()}" if secret else str(_("Draft"))


def _basis(initiative: Initiative) -> str:
    told = [_("Made by Hanze from what is recorded of this initiative. Nothing in it was decided by a computer.")]
    invented = initiative.provenance == Provenance.INVENTED or any(
        rows.filter(provenance=Provenance.INVENTED).exists()
        for rows in (initiative.lists.filter(state="done"), initiative.parties.all(), initiative.meetings.all())
    )
    if invented:
        told.append(_("**Part of the data is invented**, to show how a plan works."))
    return "\n\n".join(told)


def _row_types() -> dict[str, str]:
    return {
        "condition": _("condition"),
        "adviser": _("member of the advisory group"),
        "area": _("area"),
        "party": _("party"),
        "farm": _("farm"),
        "hub": _("hub"),
        "match": _("exchange"),
        "parcel": _("parcel"),
        "product": _("product"),
        "future": _("future"),
        "coefficient": _("coefficient"),
        "situation": _("situation"),
    }
