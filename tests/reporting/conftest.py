"""A report as large as a real one, in Dutch and in English."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from hanze.reporting import (
    Chart,
    Column,
    Compared,
    Figure,
    FigureRef,
    Figures,
    Language,
    Linked,
    Point,
    Prose,
    Report,
    Row,
    Section,
    Span,
    Table,
    counted,
)

ACTIVITIES = (
    ("a1", "Ontvangst vicegouverneur van Hebei", "Reception of the vice-governor of Hebei", date(2024, 5, 8), "in", 0, 0),
    ("a2", "Roadshow Hebei en Shandong", "Roadshow Hebei and Shandong", date(2024, 5, 23), "out", 18, 0),
    ("a3", "Ontvangst vicegouverneur van Hebei", "Reception of the vice-governor of Hebei", date(2024, 9, 17), "in", 1, 0),
    ("a4", "Agri-horticultural Sector Promotion Event", "Agri-horticultural Sector Promotion Event",
     date(2024, 10, 23), "in", 15, 2),
    ("a5", "Ontvangst Beijing Agricultural Bureau (北京市农业农村局)",
     "Reception of the Beijing Agricultural Bureau (北京市农业农村局)", date(2024, 11, 4), "in", 3, 1),
    ("a6", "Gesprek met de ambassadeur", "Talk with the ambassador", date(2024, 11, 6), "talk", 0, 0),
)  # fmt: skip
TOPICS = {
    "nl": ("Algehele relatie, voorbereiding van de roadshow", "Tuinbouw, intellectueel eigendom, IMVO, transparantie "
           "in de keten", "Tuinbouw, intellectueel eigendom, IMVO", "Land- en tuinbouw", "Tuinbouw, IMVO, transparantie "
           "in de keten", "Beleidslijn van de internationale strategie 2024-2027"),
    "en": ("The relation, preparation of the roadshow", "Horticulture, intellectual property, responsible business, "
           "transparency in the chain", "Horticulture, intellectual property, responsible business",
           "Agriculture and horticulture", "Horticulture, responsible business, transparency in the chain",
           "The line of the international strategy 2024-2027"),
}  # fmt: skip
COMPANIES = tuple(
    f"{kind} {number:02d}" for kind in ("Kassenbouwer", "Veredelaar", "Installateur") for number in range(1, 10)
)


def build(language: Language) -> Report:
    """The evaluation of a year, with every kind of block."""
    nl = language == "nl"

    def say(dutch: str, english: str) -> str:
        return dutch if nl else english

    before = Compared("2023")
    activities = [
        Row("activity", key, dutch if nl else english, f"https://hanze.example/missions/{key}", f"{day:%d-%m-%Y}")
        for key, dutch, english, day, *_ in ACTIVITIES
    ]
    of_kind = {
        kind: [row for row, a in zip(activities, ACTIVITIES, strict=True) if a[4] == kind]
        for kind in ("in", "out", "talk")
    }
    parties = [
        Row("party", f"p{n}", name, f"/parties/{n}", say("tuinbouw", "horticulture"))
        for n, name in enumerate(COMPANIES)
    ]
    attendances = [
        Row("participation", f"{key}-p{n}", COMPANIES[(offset + n) % 27], None, dutch if nl else english)
        for offset, (key, dutch, english, _, _, count, _) in enumerate(ACTIVITIES)
        for n in range(count)
    ]
    figures = (
        counted("incoming_delegations", say("Inkomende delegaties", "Incoming delegations"), of_kind["in"], compared=before),
        counted("outgoing_missions", say("Uitgaande missies", "Outgoing missions"), of_kind["out"], compared=before),
        counted("talks", say("Gesprekken", "Talks"), of_kind["talk"], say("en 10 verkennend", "and 10 exploratory")),
        counted("distinct_parties", say("Verschillende partijen", "Distinct parties"), parties,
                say("een organisatie telt één keer", "an organisation counts once"), before),
        counted("attendances", say("Deelnames", "Attendances"), attendances),
        counted("agreements", say("Overeenkomsten", "Agreements"),
                [Row("agreement", f"m{n}", say(f"Intentieverklaring {n}", f"Memorandum {n}"), None, "MoU") for n in (1, 2, 3)]),
        counted("refused_high_risk", say("Geweigerd op risico", "Refused on risk"), []),
        counted("withdrawals", say("Afgehaakt", "Withdrawn"), [Row("party", "p31", "深圳市园艺有限公司 & Zn. #1 $x$ *ster*")]),
        Figure("travel_cost", say("Reiskosten in euro", "Travel cost in euros"), Decimal("28450.50"),
               (Row("cost", "c1", say("Vluchten", "Flights"), None, "€ 28.450,50"),)),
        Figure("emissions", say("Uitstoot (ton CO₂)", "Emissions (tonnes CO₂)"), None),
    )  # fmt: skip
    return Report(
        title=say("Evaluatie van de relatie met China", "Evaluation of the relation with China"),
        subtitle=say("Activiteiten, vraag en beheersmaatregelen, getoetst aan het kader voor de relatie met China",
                     "Activities, demand and measures, weighed against the framework for the relation with China"),
        organisation=say("Provincie Voorbeeld", "Province of Example"),
        period=say("1 januari tot en met 31 december 2024", "1 January to 31 December 2024"),
        language=language,
        generated_at=datetime(2025, 3, 4, 14, 5, tzinfo=UTC),
        status=say("Vastgesteld", "Frozen"),
        fingerprint="9f2c1e07a4d85b3360c1be7a92fd4e6613c08a57f4b2d9e0cc714a2583b6ef10",
        headline=("incoming_delegations", "outgoing_missions", "distinct_parties", "agreements"),
        summary=say(
            "In 2024 namen **{{ distinct_parties }}** verschillende organisaties deel aan activiteiten waarin de "
            "provincie een directe rol had; samen goed voor {{ attendances }} deelnames. Daarbij zijn {{ agreements }} "
            "overeenkomsten getekend.\n\nDe evaluatie toetst drie randvoorwaarden:\n\n1. De relatie past binnen het "
            "Rijksbeleid.\n2. Er is vraag vanuit het bedrijfsleven.\n3. Mensenrechten en economische risico’s zijn "
            "*integraal* meegenomen.\n\nAan alle drie is voldaan. De uitstoot is {{ emissions }}.",
            "In 2024 **{{ distinct_parties }}** distinct organisations took part in activities in which the province "
            "had a direct role, {{ attendances }} attendances in all. {{ agreements }} agreements were signed.\n\nThe "
            "evaluation checks three preconditions:\n\n1. The relation fits national policy.\n2. There is demand from "
            "business.\n3. Human rights and economic risks are part of *every* activity.\n\nAll three were met. "
            "Emissions are {{ emissions }}.",
        ),
        figures={figure.key: figure for figure in figures},
        sections=_sections(language),
        annexes=(
            Section(say("Overzicht van activiteiten", "Overview of activities"), (
                Prose(say("De kolommen volgen bijlage a van het kader.", "The columns follow annex a of the framework.")),
                _long_table(language),
            )),
        ),
        colophon=say("Opgesteld door *Internationale zaken*. De teksten zijn van de provincie; de cijfers komen uit de "
                     "administratie. Vragen? [Neem contact op](mailto:internationaal@voorbeeld.example).",
                     "Written by *International affairs*. The texts are the province’s own; the figures come from its "
                     "records. Questions? [Write to us](mailto:international@example.example)."),
        row_types={"activity": say("Activiteit", "Activity"), "party": say("Partij", "Party"),
                   "participation": say("Deelname", "Attendance"), "agreement": say("Overeenkomst", "Agreement"),
                   "cost": say("Kosten", "Cost")},
    )  # fmt: skip


def _sections(language: Language) -> tuple[Section, ...]:
    nl = language == "nl"

    def say(dutch: str, english: str) -> str:
        return dutch if nl else english

    paragraph = say(
        "De vraag kwam uit de tuinbouw: een vaste kern, met daaromheen bedrijven die aansluiten als een delegatie voor "
        "hen van belang is. In 2024 waren er {{ incoming_delegations }} inkomende delegaties en "
        "{{ outgoing_missions }} uitgaande missie. Conclusie van de missie was dat een vraaggericht bezoek vanuit een "
        "specifieke sector goed werkt en dat de uitgaande missie binnen de vereisten van het kader kan worden "
        "uitgevoerd.",
        "Demand came from horticulture: a steady core, with companies around it that join when a delegation matters to "
        "them. In 2024 there were {{ incoming_delegations }} incoming delegations and {{ outgoing_missions }} outgoing "
        "mission. The mission showed that a demand-driven visit by one sector works well, and that an outgoing mission "
        "can be carried out within the requirements of the framework.",
    )
    quote = say(
        "> Bedrijven gaven aan dat het hen betere inzichten gaf.", "> Companies said that it gave them better insights."
    )
    return (
        Section(say("Inzet in 2024", "Activities in 2024"), (
            Prose(paragraph),
            Figures(("incoming_delegations", "outgoing_missions", "talks", "distinct_parties", "agreements", "refused_high_risk")),
            _timeline(language),
        )),
        Section(say("Vraag uit het bedrijfsleven", "Demand from business"), (
            Prose(f"{paragraph}\n\n{quote}\n\n" + say("### Wat bedrijven vroegen\n\n- hulp bij contacten met overheden\n- "
                  "kennis van [MVO](https://mvo.example/kader)", "### What companies asked for\n\n- help with contacts in "
                  "government\n- knowledge of [responsible business](https://mvo.example/framework)")),
            _bars(language),
        )),
        Section(say("Per actielijn", "By line of action"), (
            Prose(paragraph),
            _stacked(language),
            Table("lines", say("Actielijnen en wat er is gedaan", "Lines of action and what was done"), (
                Column(say("Actielijn", "Line of action"), width=3), Column(say("Van toepassing", "Applied"), "right"),
                Column(say("Gedaan", "Done"), "right"), Column(say("Niet nodig, omdat", "Waived because"), width=3),
            ), (
                (say("Strenge selectie van sectoren", "Strict selection of sectors"), 6, 6, None),
                (say("Informatieveiligheid", "Information security"), 5, 4, say("alleen publieke informatie", "public information only")),
                (say("Kosten van de missie in euro", "Cost of the mission in euros"), None, FigureRef("travel_cost"), None),
                (Linked(say("Zelfscan per bedrijf", "Self-scan per company"), "/measures/7"), 18, 18, None),
            ), say("Een actielijn kan bij één activiteit vaker gelden.", "A line can apply more than once to an activity.")),
        ), level=2),
        Section(say("Aanbevelingen", "Recommendations"), (
            Prose(say("1. Zet de vraaggerichte aanpak voort.\n2. Stem de boodschap af met het Rijk.\n3. Herijk in 2025.",
                      "1. Continue the demand-driven approach.\n2. Agree the message with the state.\n3. Review in 2025.")),
        )),
    )  # fmt: skip


def _timeline(language: Language) -> Chart:
    names = {"in": ("Inkomend", "Incoming"), "out": ("Uitgaand", "Outgoing"), "talk": ("Gesprek", "Talk")}
    nl = language == "nl"
    spans = tuple(
        Span(dutch if nl else english, day, date(2024, 5, 28) if kind == "out" else day, names[kind][0 if nl else 1])
        for _, dutch, english, day, kind, *_ in ACTIVITIES
    )
    table = Table("when_table", "Activiteiten in de tijd" if nl else "Activities in time",
                  (Column("Datum" if nl else "Date"), Column("Activiteit" if nl else "Activity", width=3)),
                  tuple((span.start, span.label) for span in spans))  # fmt: skip
    alt = (
        "Tijdlijn van zes activiteiten, van mei tot november."
        if nl
        else "Timeline of six activities, from May to November."
    )
    return Chart("when", "Zes activiteiten in 2024" if nl else "Six activities in 2024", "timeline", spans, alt, table)


def _bars(language: Language) -> Chart:
    nl = language == "nl"
    counts = [(dutch if nl else english, count) for _, dutch, english, _, _, count, _ in ACTIVITIES if count]
    table = Table("parties_table", "Partijen per activiteit" if nl else "Parties per activity",
                  (Column("Activiteit" if nl else "Activity", width=3), Column("Partijen" if nl else "Parties", "right")),
                  tuple(counts))  # fmt: skip
    alt = (
        "De roadshow telt 18 partijen, het event in oktober 15."
        if nl
        else "The roadshow has 18 parties, the October event 15."
    )
    title = "Partijen uit de eigen regio per activiteit" if nl else "Parties from the region per activity"
    return Chart("parties", title, "bar", tuple(Point(label, count) for label, count in counts), alt, table)


def _stacked(language: Language) -> Chart:
    nl = language == "nl"
    states = ("gedaan", "vervallen", "open") if nl else ("done", "waived", "open")
    moments = ("Vooraf", "Tijdens", "Na afloop") if nl else ("Before", "During", "After")
    counts = ((22, 3, 0), (9, 1, 0), (6, 0, 2))
    data = tuple(
        Point(m, n, s) for m, row in zip(moments, counts, strict=True) for s, n in zip(states, row, strict=True)
    )
    table = Table("measures_table", "Maatregelen" if nl else "Measures",
                  (Column("Moment" if nl else "When"), *(Column(state, "right") for state in states)),
                  tuple((m, *row) for m, row in zip(moments, counts, strict=True)))  # fmt: skip
    alt = (
        "De meeste maatregelen liggen vóór een activiteit en zijn gedaan."
        if nl
        else "Most measures fall before and are done."
    )
    title = "Beheersmaatregelen naar moment en stand" if nl else "Measures by moment and state"
    return Chart("measures", title, "stacked", data, alt, table, "maatregelen" if nl else "measures")


def _long_table(language: Language) -> Table:
    nl = language == "nl"
    head = (("Maand", "Activiteit", "Doel", "Onderwerpen", "Partijen", "MoU’s") if nl
            else ("Month", "Activity", "Aim", "Topics", "Parties", "MoUs"))  # fmt: skip
    aim = ("De vicegouverneur bracht een bezoek aan regio’s waarmee zij een relatie onderhoudt; het bezoek kwam aan de "
           "vooravond van de missie." if nl else "The vice-governor visited regions with which it keeps a relation, on "
           "the eve of the mission.")  # fmt: skip
    columns = tuple(
        Column(label, "right" if place > 3 else "left", width)
        for place, (label, width) in enumerate(zip(head, (1, 3, 4, 3.5, 1.2, 1), strict=True))
    )
    months = {5: ("mei", "May"), 9: ("sept", "Sept"), 10: ("okt", "Oct"), 11: ("nov", "Nov")}
    rows = tuple(
        (months[day.month][0 if nl else 1], Linked(dutch if nl else english, f"https://hanze.example/missions/{key}"), aim,
         TOPICS[language][place], parties or None, mous or None)
        for place, (key, dutch, english, day, _, parties, mous) in enumerate(ACTIVITIES)
    )  # fmt: skip
    title = "Activiteiten met de kolommen van bijlage a" if nl else "Activities with the columns of annex a"
    return Table("activities", title, columns, rows * 2)


@pytest.fixture(params=["nl", "en"])
def report(request: pytest.FixtureRequest) -> Report:
    """The same report in both languages."""
    return build(request.param)


@pytest.fixture()
def dutch() -> Report:
    """The report in Dutch."""
    return build("nl")
