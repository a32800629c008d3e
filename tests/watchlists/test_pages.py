"""The findings desk and the lists, as people use them in their browser."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from hanze.accounts.models import Role
from hanze.audit.models import Event
from hanze.casework import operations as casework
from hanze.watchlists import operations as ops
from hanze.watchlists.models import Edition, Finding, Run, Watchlist
from tests import factories
from tests.watchlists import making

pytestmark = pytest.mark.django_db

DESK = reverse("watchlists:finding-list")
LISTS = reverse("watchlists:list-list")
VERDICT = {"answer": "not-the-same", "reason": "Another firm, says the trade register"}


@pytest.fixture
def example():
    made = making.watchlist()
    making.in_force(made, making.MALACHITE, making.ORLOVSKY)
    return made


@pytest.fixture(autouse=True)
def in_english(settings):
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def coordinator(client_for):
    return client_for(Role.COORDINATOR)


def found(name="Malachite Trading Company", **fields):
    """A finding about a participant of a request of its own."""
    party = factories.organisation(name=name, **fields)
    casework.add_participant(factories.request(), by=None, organisation=party)
    return Finding.objects.get(subject__organisation=party)


def address(name, record):
    return reverse(f"watchlists:{name}", args=[record.pk])


def file(*rows, name="list.csv"):
    return SimpleUploadedFile(name, "\n".join([making.HEADER, *rows, ""]).encode())


def hand_in(client, watchlist, upload):
    return client.post(reverse("watchlists:edition-receive", args=[watchlist.slug]), {"file": upload})


def test_the_desk_says_when_nobody_is_screened(coordinator):
    answer = coordinator.get(DESK)
    assert "No list is in force" in answer.content.decode()


def test_the_desk_shows_what_waits_and_nothing_that_is_decided(coordinator, example, people):
    waits, decided = found(), found("Malachite Trading Co.")
    ops.decide(decided, by=people["coordinator"], **VERDICT)

    assert list(coordinator.get(DESK).context["page_obj"]) == [waits]
    assert list(coordinator.get(DESK, {"state": "decided"}).context["page_obj"]) == [decided]
    assert set(coordinator.get(DESK, {"state": "all"}).context["page_obj"]) == {waits, decided}


@pytest.mark.parametrize(
    ("asked", "shown"),
    [({"q": "lantern"}, 0), ({"q": "malachite"}, 1), ({"strength": "near"}, 0), ({"strength": "hit"}, 1)],
)
def test_the_desk_can_be_narrowed(coordinator, example, asked, shown):
    found()
    assert coordinator.get(DESK, asked).context["page_obj"].paginator.count == shown


@pytest.mark.parametrize("page", ["desk", "today", "lists"])
def test_more_rows_ask_no_more_queries(coordinator, example, page, django_assert_max_num_queries):
    address_of = {"desk": DESK, "today": reverse("web:today"), "lists": LISTS}[page]
    found()
    coordinator.get(address_of)
    with django_assert_max_num_queries(200) as few:
        coordinator.get(address_of)
    for form in ("BV", "NV", "SA", "AG"):
        found(f"Malachite Trading Company {form}")
        making.in_force(making.watchlist(f"other-{form.lower()}"), making.ORLOVSKY)
    with django_assert_max_num_queries(len(few)):
        coordinator.get(address_of)


def test_a_finding_shows_both_sides_and_says_why(coordinator, example):
    finding = found(country=factories.country())
    text = coordinator.get(finding.get_absolute_url()).content.decode()

    assert "孔雀石贸易有限公司" in text
    assert "China" in text
    assert "Why Hanze shows this" in text


def test_a_finding_that_is_open_again_says_what_changed_in_words(coordinator, example, people):
    finding = found()
    factories.country("CN"), factories.country("NL")
    ops.decide(finding, by=people["coordinator"], **VERDICT)
    making.in_force(example, making.MALACHITE.replace("CN", "NL"), making.ORLOVSKY)
    ops.screen([finding.subject], by=None, why=Run.Why.LIST_CHANGED)

    (row,) = coordinator.get(finding.get_absolute_url()).context["changes"]
    assert (row.label, row.ours, row.theirs, row.tone) == ("Countries", "China", "Netherlands", "list")


@pytest.mark.parametrize(
    ("language", "said"), [("en", "registration number 01074897 GB"), ("nl", "registratienummer 01074897 GB")]
)
def test_a_number_says_in_words_what_it_is(client_for, example, language, said):
    finding = found()
    content = finding.entry.content | {"identifiers": [{"kind": "registration", "value": "01074897", "country": "GB"}]}
    type(finding.entry).objects.filter(pk=finding.entry_id).update(content=content)
    client = client_for(Role.COORDINATOR)
    client.cookies["django_language"] = language
    assert said in client.get(finding.get_absolute_url()).content.decode()


def test_every_look_at_a_finding_is_logged(coordinator, example):
    finding = found()
    coordinator.get(finding.get_absolute_url())
    assert Event.objects.filter(name="record.read", subject_id=str(finding.pk)).count() == 1


def test_a_verdict_leads_on_to_the_next_finding(coordinator, example):
    first, second = found(), found("Malachite Trading Co.")

    answer = coordinator.post(address("finding-decide", first), {**VERDICT, "next": "1"})

    assert answer.url == second.get_absolute_url()
    last = coordinator.post(address("finding-decide", second), {**VERDICT, "next": "1"})
    assert last.url == DESK


def test_a_verdict_without_a_reason_is_asked_for_again_and_keeps_what_was_chosen(coordinator, example):
    finding = found()
    answer = coordinator.post(address("finding-decide", finding), {"answer": "same", "reason": " "})

    assert answer.status_code == 422
    assert answer.context["verdict_form"]["answer"].value() == "same"
    finding.refresh_from_db()
    assert finding.state == Finding.State.OPEN


def test_who_decides_second_sees_that_somebody_was_first(coordinator, example, people):
    finding = found()
    ops.decide(finding, by=people["coordinator"], **VERDICT)

    answer = coordinator.post(
        address("finding-decide", finding), {"answer": "same", "reason": "It is another one"}, follow=True
    )

    text = answer.content.decode()
    assert "Somebody decided about this finding before you" in text
    assert "What you wrote: It is another one" in text
    assert finding.verdicts.count() == 1


def test_a_second_person_confirms_and_the_first_cannot(coordinator, example):
    ops.change_list(example, by=None, second_person=True)
    finding = found()
    coordinator.post(address("finding-decide", finding), VERDICT)
    assert coordinator.get(finding.get_absolute_url()).context["second_form"] is None

    other = Client(headers={"accept-language": "en"})
    other.force_login(factories.user(Role.COORDINATOR), backend="allauth.account.auth_backends.AuthenticationBackend")
    assert other.get(finding.get_absolute_url()).context["second_form"] is not None
    other.post(address("finding-second", finding), {"agrees": "yes"})

    finding.refresh_from_db()
    assert finding.state == Finding.State.DECIDED


def test_who_gave_an_earlier_verdict_can_be_the_second_person_of_a_later_one(example, people):
    from hanze.watchlists.queries import to_decide

    ops.change_list(example, by=None, second_person=True)
    finding, one, other = found(), people["coordinator"], factories.user(Role.COORDINATOR)
    ops.decide(finding, by=one, **VERDICT)
    ops.second(finding, by=other, agrees=False, reason="The address is the same")
    finding.refresh_from_db()
    ops.decide(finding, by=other, answer="same", reason="The address is the same")

    assert list(to_decide(one)) == [finding]
    assert list(to_decide(other)) == []


def test_a_decided_finding_can_be_taken_up_again_once(coordinator, example):
    finding = found()
    coordinator.post(address("finding-decide", finding), VERDICT)

    coordinator.post(address("finding-reopen", finding))
    again = coordinator.post(address("finding-reopen", finding), follow=True)

    assert again.status_code == 200
    assert "Only a decided finding can be taken up again" in again.content.decode()


def test_today_tells_the_case_owner_what_a_change_opened_again(example, people, client_for):
    officer = people["policy-officer"]
    party = factories.organisation(name="Malachite Trading Company")
    casework.add_participant(factories.request(responsible=officer), by=None, organisation=party)
    ops.decide(Finding.objects.get(), by=people["coordinator"], **VERDICT)
    client = client_for(Role.POLICY_OFFICER)
    assert "to decide" not in client.get(reverse("web:today")).content.decode()

    making.in_force(example, making.MALACHITE.replace("CN", "HK"), making.ORLOVSKY)
    ops.screen([Finding.objects.get().subject], by=None, why=Run.Why.LIST_CHANGED)

    today = client.get(reverse("web:today")).content.decode()
    assert "1 finding to decide" in today
    assert "1 opened again by a change" in today


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.ADMINISTRATOR])
def test_a_list_is_added_an_edition_handed_in_and_looked_at(client_for, role):
    client = client_for(role)
    client.post(reverse("watchlists:list-create"), {"name": "Lijst", "slug": "lijst", "publisher": "own"})
    made = Watchlist.objects.get(slug="lijst")
    assert client.get(made.get_absolute_url()).status_code == 200

    answer = hand_in(client, made, file(making.MALACHITE))

    edition = made.editions.get()
    assert answer.url == edition.get_absolute_url()
    assert edition.state == Edition.State.PREVIEW
    assert "Malachite Trading Company" in client.get(edition.get_absolute_url()).content.decode()


@pytest.mark.parametrize("slug", ["new", "screen"])
def test_a_short_name_that_is_an_address_is_refused(coordinator, slug):
    answer = coordinator.post(reverse("watchlists:list-create"), {"name": "Lijst", "slug": slug, "publisher": "own"})
    assert "slug" in answer.context["form"].errors


def test_one_threshold_without_the_other_is_refused(coordinator, example):
    address_of = reverse("watchlists:list-change", args=[example.slug])
    answer = coordinator.post(address_of, {"name": "Lijst", "hit_from": "0.9"})
    assert "near_from" in answer.context["form"].errors


def test_a_list_with_editions_keeps_its_short_name_and_its_form(coordinator, example):
    address_of = reverse("watchlists:list-change", args=[example.slug])
    coordinator.post(address_of, {"name": "Anders", "slug": "anders", "publisher": "un", "active": "on"})

    example.refresh_from_db()
    assert (example.name, example.slug, example.publisher) == ("Anders", "example", "own")


def test_a_malformed_file_says_its_line_on_the_page(coordinator, example):
    answer = hand_in(coordinator, example, file(making.MALACHITE, "E2,,organisation,,,,"))
    text = coordinator.get(answer.url).content.decode()

    assert "line 3" in text
    assert "The edition in force stays in force" in text


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("list.zip", b"PK\x03\x04 this is no archive"),
        ("list.zip", b""),
        ("list.xlsx", b"PK\x03\x04"),
        ("list.csv", b"\xff\xfe\x00"),
        ("list.exe", b"MZ"),
        ("a" * 300 + ".csv", b"\x00"),
    ],
)
def test_whatever_is_handed_in_gives_a_page_and_changes_nothing(coordinator, example, name, content):
    answer = hand_in(coordinator, example, SimpleUploadedFile(name, content))

    assert answer.status_code in (302, 422)
    assert example.edition is not None
    assert not example.editions.filter(state__in=[Edition.State.READING, Edition.State.PREVIEW]).exists()


def test_the_same_file_is_refused_at_its_field(coordinator, example):
    hand_in(coordinator, example, file(making.MALACHITE))
    again = hand_in(coordinator, example, file(making.MALACHITE))

    assert again.status_code == 422
    assert "handed in before" in str(again.context["form"].errors["file"])


def test_an_edition_is_looked_at_brought_into_force_and_everybody_screened(coordinator, example):
    party = factories.organisation(name="Copper Lantern BV")
    casework.add_participant(factories.request(), by=None, organisation=party)
    hand_in(coordinator, example, file(making.MALACHITE, "E9,Copper Lantern BV,organisation,,,,"))
    edition = example.editions.get(state=Edition.State.PREVIEW)
    preview = coordinator.get(edition.get_absolute_url()).content.decode()
    assert "Copper Lantern BV" in preview
    assert "would be a hit" in preview

    answer = coordinator.post(address("edition-force", edition), follow=True)

    assert "is in force" in answer.content.decode()
    assert Finding.objects.get().subject.organisation == party
    run = Run.objects.first()
    assert run.why == Run.Why.LIST_CHANGED
    assert coordinator.get(address("run-detail", run)).status_code == 200


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", [["Countries", "China", "France"], ["Remarks", "old", "new"], ["Other particulars", "green", "blue"]]),
        (
            "nl",
            [["Landen", "China", "Frankrijk"], ["Opmerkingen", "old", "new"], ["Overige gegevens", "green", "blue"]],
        ),
    ],
)
def test_a_preview_says_in_words_what_changes_in_an_entry_from_what_to_what(client_for, example, language, said):
    mapping = {"of": {"id": "id", "name": "name", "remarks": "remarks", "country": "country"}}
    type(example).objects.filter(pk=example.pk).update(mapping=mapping)
    example.refresh_from_db()

    for code in ("CN", "FR"):
        factories.country(code)

    def handed_in(remark, colour, country):
        text = f"id,name,remarks,colour,country\nE1,Malachite Trading Company,{remark},{colour},KR;{country}\n"
        return ops.read_received(ops.receive_edition(example, SimpleUploadedFile("l.csv", text.encode()), by=None))

    ops.bring_into_force(handed_in("old", "green", "CN"), by=None)
    edition = handed_in("new", "blue", "FR")
    client = client_for(Role.COORDINATOR)
    client.cookies["django_language"] = language
    page = client.get(edition.get_absolute_url()).content.decode()
    rows = re.findall(r'<tr><th scope="row">(.*?)</th><td.*?><bdi>(.*?)</bdi></td><td.*?><bdi>(.*?)</bdi>', page)
    assert [[each.removeprefix("colour: ") for each in row] for row in rows] == said


def test_a_preview_that_was_read_before_from_and_to_were_kept_still_names_its_fields(coordinator, example):
    edition = making.handed_in(example, making.MALACHITE)
    line = {"id": "E1", "name": "Malachite", "kind": "organisation", "fields": ["remarks"]}
    edition.preview = {"counts": {"changed": 1}, "changed": [line], "touched": []}
    edition.save(update_fields=["preview"])
    assert "E1 · Remarks" in coordinator.get(edition.get_absolute_url()).content.decode()


def test_a_double_click_brings_an_edition_into_force_once(coordinator, example):
    hand_in(coordinator, example, file(making.MALACHITE))
    edition = example.editions.get(state=Edition.State.PREVIEW)
    coordinator.post(address("edition-force", edition))
    again = coordinator.post(address("edition-force", edition), follow=True)

    assert "does not wait to be taken into use" in again.content.decode()
    assert "does not wait" in coordinator.post(address("edition-discard", edition), follow=True).content.decode()


def test_what_waited_is_compared_anew_when_another_edition_comes_into_force(coordinator, example):
    hand_in(coordinator, example, file(making.MALACHITE, "E9,Copper Lantern BV,organisation,,,,"))
    waits = example.editions.get(state=Edition.State.PREVIEW)
    hand_in(coordinator, example, file(making.ORLOVSKY))
    newer = example.editions.filter(state=Edition.State.PREVIEW).exclude(pk=waits.pk).get()

    coordinator.post(address("edition-force", newer))

    waits.refresh_from_db()
    assert waits.state == Edition.State.PREVIEW
    assert waits.preview["counts"]["removed"] == 1
    assert waits.preview["counts"]["added"] == 2


def test_the_page_of_an_edition_follows_the_reading_and_then_shows_the_whole(coordinator, example):
    edition = ops.receive_edition(example, file(making.MALACHITE), by=None)
    asked = {"headers": {"hx-request": "true"}}
    reading = coordinator.get(edition.get_absolute_url(), **asked)
    assert "hx-get" in reading.content.decode()

    ops.read_received(edition)

    assert coordinator.get(edition.get_absolute_url(), **asked)["HX-Refresh"] == "true"


def test_a_run_shows_how_far_it_is(coordinator, example):
    run = Run.objects.create(why=Run.Why.ASKED, engine_version="1", to_screen=10, screened=4)
    page = coordinator.get(address("run-detail", run), headers={"hx-request": "true"}).content.decode()
    assert "4 of 10 parties screened" in page
    assert "hx-get" in page


def test_a_run_that_broke_off_says_so_and_its_page_waits_no_longer(coordinator, example):
    run = Run.objects.create(why=Run.Why.ASKED, engine_version="1", to_screen=10, screened=4)
    Run.objects.filter(pk=run.pk).update(started_at=timezone.now() - timedelta(hours=7))

    page = coordinator.get(address("run-detail", run)).content.decode()

    assert "It broke off" in page
    assert "every 2s" not in page
    assert "broke off" in coordinator.get(LISTS).content.decode()


def test_everybody_is_screened_anew_when_somebody_asks(coordinator, example):
    finding = found()
    coordinator.post(reverse("watchlists:rescreen"))

    run = Run.objects.first()
    assert (run.why, run.screened) == (Run.Why.ASKED, 1)
    assert run.by is not None
    assert finding.subject.looks.count() == 2


def test_a_list_of_many_entries_is_shown_by_the_page_and_searched(coordinator):
    made = making.watchlist()
    making.in_force(made, *(f"E{number},Company {number:03},organisation,,,," for number in range(120)))

    page = coordinator.get(made.get_absolute_url()).context["page_obj"]
    assert (len(page), page.paginator.count) == (50, 120)
    sought = coordinator.get(made.get_absolute_url(), {"q": "company 077"}).context["page_obj"]
    assert [each.name for each in sought] == ["Company 077"]


def test_fetching_is_off_until_somebody_switches_it_on(coordinator, example):
    address_of = reverse("watchlists:edition-fetch", args=[example.slug])
    assert coordinator.post(address_of).status_code == 404
    assert "Fetch the newest edition" not in coordinator.get(example.get_absolute_url()).content.decode()


def test_what_goes_wrong_when_fetching_is_said_with_the_list(coordinator):
    made = making.watchlist(address="https://localhost:9/list.csv")
    ops.change_list(made, by=None, fetch=True)

    coordinator.post(reverse("watchlists:edition-fetch", args=[made.slug]))

    made.refresh_from_db()
    assert "cannot be reached" in made.fetch_problem
    assert "cannot be reached" in coordinator.get(made.get_absolute_url()).content.decode()
