"""Plans of an initiative: asked on one form, made by the worker, and shown with map, tables and figures."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRedirect, HttpResponseClientRefresh

from hanze.accounts.models import User
from hanze.areas import operations, queries, tasks, willing
from hanze.areas.forms.plans import PlanForm
from hanze.areas.models import Initiative, PlanRun
from hanze.areas.planning import Assumptions
from hanze.areas.planning.comparing import compared, listed
from hanze.areas.planning.figures import figures
from hanze.areas.planning.picture import Picture
from hanze.areas.planning.reading import Reading
from hanze.areas.planning.repeating import why_different
from hanze.areas.planning.texts import INPUTS, STEPS
from hanze.areas.views.portions import Portion
from hanze.areas.views.shared import frame, initiative_for
from hanze.areas.words import in_words
from hanze.register.forms.shared import attempt
from hanze.reporting import Figure

CHANGE = "areas.change_initiative"
MATCHES_ON_TOP, OWNERS_ON_TOP = 6, 8  # the rows before the fold
SHOWN_ON_TOP = ("farms", "clustered", "hubs", "exchanges", "swaps", "saving", "nearer", "present")


def plan_list(request: HttpRequest, pk: int) -> HttpResponse:
    reader, initiative = initiative_for(request, pk)
    plans = queries.plans_of(initiative)
    done = [plan for plan in plans if plan.is_done]
    context = frame(reader, initiative, "plans") | {"plans": plans, "done": done}
    return render(request, "areas/plan_list.html", context)


def plan_create(request: HttpRequest, pk: int) -> HttpResponse:
    """The form with every assumption; `?from=` fills in those of another plan."""
    reader, initiative = initiative_for(request, pk, CHANGE)
    former = initiative.plans.filter(pk=_whole(request.GET.get("from"))).first()
    asked = Assumptions.of(former.assumptions) if former else _first_guess(initiative)
    start = PlanForm.filled_with(former.title if former else _("Plan"), asked, former.seed if former else 0)
    form = PlanForm(request.POST if request.method == "POST" else None, initiative=initiative, initial=start)
    if request.method == "POST" and form.is_valid():
        told = {"title": form.cleaned_data["title"], "seed": form.cleaned_data["seed"]}
        made = attempt(form, operations.ask_plan, initiative, by=reader, assumptions=form.assumptions, **told)
        if made:
            tasks.make_plan.enqueue(made.pk)
            return redirect(made)
    context = {"initiative": initiative, "form": form}
    return render(request, "areas/plan_form.html", context, status=422 if form.errors else 200)


def _first_guess(initiative: Initiative) -> Assumptions:
    """Everything there is to exchange, and what the parties want of each other."""
    products = initiative.goods.order_by("product").values_list("product", flat=True).distinct()
    wished = willing.wishes(initiative)
    return Assumptions(products=tuple(products), must=wished.must, cannot=wished.cannot)


def plan_detail(request: HttpRequest, pk: int, plan: int) -> HttpResponse:
    """A plan where it stands: busy, what stands in its way, or all that came out."""
    if request.htmx and request.htmx.trigger == "progress":  # type: ignore[attr-defined]
        return _progress(request, pk, plan)
    reader, initiative, run = _found(request, pk, plan)
    context = frame(reader, initiative, "plans") | _standing(run)
    if run.is_done:
        context |= _made(request, initiative, run)
    return render(request, "areas/plan_detail.html", context)


def _progress(request: HttpRequest, pk: int, plan: int) -> HttpResponse:
    """Only how far it is; the page renews itself when that is over, and leaves when the plan was called off."""
    _reader, initiative = initiative_for(request, pk)
    run = initiative.plans.filter(pk=plan).first()
    if run is None:
        return HttpResponseClientRedirect(reverse("areas:plan-list", args=[pk]))
    if not run.is_busy:
        return HttpResponseClientRefresh()
    return render(request, "areas/_plan_busy.html", _standing(run))


def _standing(run: PlanRun) -> dict[str, Any]:
    problems = [each | {"message": in_words(each["message"])} for each in run.problems]
    return {"plan": run, "step": STEPS.get(run.step, ""), "problems": problems}


def _made(request: HttpRequest, initiative: Initiative, run: PlanRun) -> dict[str, Any]:
    read = Reading(run)
    found = {figure.key: figure for figure in figures(read)}
    key = request.GET.get("figure", "")
    if key and key not in found:
        raise Http404
    return {
        "read": read,
        "figures": [found[name] for name in SHOWN_ON_TOP if name in found],
        "opened": found.get(key),
        "portions": _portions(read, found.get(key), request.GET),
        "assumed": listed(read),
        "inputs": [(INPUTS[name], one) for name, one in run.inputs.items()],
        "picture": Picture.asked(run.drawing, request.GET),
        "others": [each for each in queries.plans_of(initiative) if each.is_done and each.pk != run.pk],
        "first": run.repeats if run.repeats_id else None,
        "why_different": why_different(run.repeats, run) if run.repeats else [],
    }


def _portions(read: Reading, opened: Figure | None, query: QueryDict) -> dict[str, Any]:
    """The long tables; what stands above the fold is left out of those behind it."""
    exchanges = [
        (
            each,
            Portion(f"exchange-{at}", each["matches"][MATCHES_ON_TOP:], query),
            Portion(f"unmet-{at}", each["unmet"], query),
            Portion(f"left-{at}", each["left"], query),
        )
        for at, each in enumerate(read.exchanges, start=1)
    ]
    return {
        "clusters": Portion("cluster-page", read.clusters, query),
        "regions": Portion("region-page", read.regions, query),
        "hubs": Portion("hub-page", read.hubs, query),
        "exchanges": exchanges,
        "owners": Portion("owner-page", read.land["owners"][OWNERS_ON_TOP:], query),
        "moves": Portion("move-page", read.land["moves"], query),
        "rows": Portion("rows", opened.rows if opened else (), query),
    }


@require_POST
def plan_repeat(request: HttpRequest, pk: int, plan: int) -> HttpResponse:
    """The same once more, to see whether the same comes out."""
    reader, _initiative, run = _found(request, pk, plan, CHANGE)
    try:
        again = operations.repeat_plan(run, by=reader)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(run)
    tasks.make_plan.enqueue(again.pk)
    return redirect(again)


def plan_remove(request: HttpRequest, pk: int, plan: int) -> HttpResponse:
    """Call off a plan that is not made yet; remove one that is, after a question."""
    reader, _initiative, run = _found(request, pk, plan, CHANGE)
    if request.method != "POST":
        context = {
            "question": _("Remove the plan “%(title)s”?") % {"title": run.title},
            "consequence": _("Its map, tables and figures go; the log keeps that it was made and removed."),
            "confirm_label": _("Remove"),
            "cancel_url": run.get_absolute_url(),
            "danger": True,
        }
        return render(request, "web/confirm.html", context)
    busy = run.is_busy
    try:
        operations.remove_plan(run, by=reader)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(run)
    messages.success(
        request, _("The plan was called off; nothing of it is left.") if busy else _("The plan was removed.")
    )
    return redirect("areas:plan-list", pk)


def plan_compare(request: HttpRequest, pk: int) -> HttpResponse:
    """Two plans side by side: `?a=` and `?b=`; without them they can be chosen in the list."""
    reader, initiative = initiative_for(request, pk)
    if not {"a", "b"} <= set(request.GET):
        return redirect("areas:plan-list", pk)
    done = initiative.plans.filter(state=PlanRun.State.DONE)
    pair = [get_object_or_404(done, pk=_whole(request.GET.get(name))) for name in ("a", "b")]
    context = frame(reader, initiative, "plans") | {
        "pair": pair,
        "compared": compared(*(Reading(run) for run in pair)),
        "done": done,
    }
    return render(request, "areas/plan_compare.html", context)


def _whole(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0


def _found(
    request: HttpRequest, pk: int, plan: int, permission: str = "areas.view_initiative"
) -> tuple[User, Initiative, PlanRun]:
    reader, initiative = initiative_for(request, pk, permission)
    runs = initiative.plans.select_related("by", "initiative", "repeats")
    return reader, initiative, get_object_or_404(runs, pk=plan)
