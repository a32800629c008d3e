"""People and their posts."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import Exists, OuterRef, Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from hanze.accounts.classification import get_visible_or_404
from hanze.accounts.exporting import export_table, wanted
from hanze.accounts.together import in_turn
from hanze.audit.reading import read
from hanze.claims.forms import saying
from hanze.register.filters import PersonFilter
from hanze.register.forms import PersonForm, PostForm
from hanze.register.models import Organisation, Person, Post
from hanze.register.operations import add_post, change_post, create_person
from hanze.register.panels import panels
from hanze.register.queries import posts_of
from hanze.register.tables import PersonTable
from hanze.register.views.merging import merging_of, way_to_the_kept_one
from hanze.register.views.shared import allowed, carry_out, form_page, paged


def person_list(request: HttpRequest) -> HttpResponse:
    reader = allowed(request, "register.list_parties")
    organisations = Organisation.objects.visible_to(reader).values("pk")
    posts = Post.objects.filter(Exists(organisations.filter(pk=OuterRef("organisation")))).select_related(
        "organisation"
    )
    visible = Person.objects.visible_to(reader).prefetch_related(Prefetch("posts", posts, to_attr="posts_seen"))
    chosen = PersonFilter(request.GET, queryset=visible)
    if wanted(request):
        return export_table(request, PersonTable(chosen.qs), title=_("People"), form=chosen.form)
    table = paged(request, PersonTable(chosen.qs))
    context = {
        "filter": chosen,
        "table": table,
        "is_empty": not (len(table.rows) or visible.exists()),
        "may_create": reader.has_perm("register.create_person"),
    }
    return render(request, "register/person_list.html", context)


def person_detail(request: HttpRequest, pk: int) -> HttpResponse:
    reader = allowed(request, "register.list_parties")
    if elsewhere := way_to_the_kept_one(request, Person, pk):
        return elsewhere
    person = get_visible_or_404(Person.objects.all(), reader, pk=pk)
    read(reader, person)
    today = timezone.localdate()
    posts = list(posts_of(person, reader))
    context = {
        "person": person,
        "posts_now": [post for post in posts if post.held_on(today)],
        "posts_before": [post for post in posts if not post.held_on(today)],
        "panels": panels(request, person),
        **merging_of(person, reader),
        "may_change": reader.has_perm("register.change_person", person),
    }
    return render(request, "register/person_detail.html", context)


def person_create(request: HttpRequest) -> HttpResponse:
    reader = allowed(request, "register.create_person")
    form = PersonForm(request.POST or None, reader=reader)
    if person := carry_out(request, form, create_person, by=reader):
        messages.success(request, _("%(name)s has been added. Now add a post.") % {"name": person})
        organisation = urlencode({"organisation": request.GET.get("organisation", "")})
        return redirect(f"{reverse('register:post-add', args=[person.pk])}?{organisation}")
    return form_page(request, form, _("New person"), reverse("register:person-list"))


@in_turn(Person)
def person_change(request: HttpRequest, pk: int) -> HttpResponse:
    reader = allowed(request, "register.list_parties")
    person = get_visible_or_404(Person.objects.all(), reader, pk=pk)
    allowed(request, "register.change_person", person)
    title = _("Change the details of %(name)s") % {"name": person}
    form = PersonForm(request.POST or None, instance=person, reader=reader)
    if carry_out(request, form, saying(form, request), person, by=reader):
        messages.success(request, _("The changes have been saved."))
        return redirect(person)
    return form_page(request, form, title, person.get_absolute_url())


def post_add(request: HttpRequest, pk: int) -> HttpResponse:
    reader = allowed(request, "register.list_parties")
    person = get_visible_or_404(Person.objects.all(), reader, pk=pk)
    allowed(request, "register.change_person", person)
    form = PostForm(request.POST or None, reader=reader, initial={"organisation": request.GET.get("organisation")})
    if carry_out(request, form, add_post, by=reader, person=person):
        messages.success(request, _("The post has been added."))
        return redirect(person)
    title = _("Add a post of %(name)s") % {"name": person}
    return form_page(request, form, title, person.get_absolute_url())


@in_turn(Person)
def post_change(request: HttpRequest, pk: int, post: int) -> HttpResponse:
    reader = allowed(request, "register.list_parties")
    person = get_visible_or_404(Person.objects.all(), reader, pk=pk)
    allowed(request, "register.change_person", person)
    held = get_object_or_404(posts_of(person, reader), pk=post)
    form = PostForm(request.POST or None, instance=held, reader=reader)
    if carry_out(request, form, change_post, held, by=reader):
        messages.success(request, _("The changes have been saved."))
        return redirect(person)
    title = _("Change a post of %(name)s") % {"name": person}
    return form_page(request, form, title, person.get_absolute_url())
