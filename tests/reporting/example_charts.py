"""The activities of a year, and the charts and tables drawn from them."""

from __future__ import annotations

from datetime import date

from hanze.reporting import Chart, Column, Language, Linked, Point, Span, Table

ACTIVITIES = (
    (
        "a1",
        "Ontvangst vicegouverneur van Hebei",
        "Reception of the vice-governor of Hebei",
        date(2024, 5, 8),
        "in",
        0,
        0,
    ),
    ("a2", "Roadshow Hebei en Shandong", "Roadshow Hebei and Shandong", date(2024, 5, 23), "out", 18, 0),
    (
        "a3",
        "Ontvangst vicegouverneur van Hebei",
        "Reception of the vice-governor of Hebei",
        date(2024, 9, 17),
        "in",
        1,
        0,
    ),
    (
        "a4",
        "Agri-horticultural Sector Promotion Event",
        "Agri-horticultural Sector Promotion Event",
        date(2024, 10, 23),
        "in",
        15,
        2,
    ),
    (
        "a5",
        "Ontvangst Beijing Agricultural Bureau (北京市农业农村局)",
        "Reception of the Beijing Agricultural Bureau (北京市农业农村局)",
        date(2024, 11, 4),
        "in",
        3,
        1,
    ),
    ("a6", "Gesprek met de ambassadeur", "Talk with the ambassador", date(2024, 11, 6), "talk", 0, 0),
)
TOPICS = {
    "nl": (
        "Algehele relatie, voorbereiding van de roadshow",
        "Tuinbouw, intellectueel eigendom, IMVO, transparantie in de keten",
        "Tuinbouw, intellectueel eigendom, IMVO",
        "Land- en tuinbouw",
        "Tuinbouw, IMVO, transparantie in de keten",
        "Beleidslijn van de internationale strategie 2024-2027",
    ),
    "en": (
        "The relation, preparation of the roadshow",
        "Horticulture, intellectual property, responsible business, transparency in the chain",
        "Horticulture, intellectual property, responsible business",
        "Agriculture and horticulture",
        "Horticulture, responsible business, transparency in the chain",
        "The line of the international strategy 2024-2027",
    ),
}


def timeline(language: Language) -> Chart:
    names = {"in": ("Inkomend", "Incoming"), "out": ("Uitgaand", "Outgoing"), "talk": ("Gesprek", "Talk")}
    nl = language == "nl"
    spans = tuple(
        Span(dutch if nl else english, day, date(2024, 5, 28) if kind == "out" else day, names[kind][0 if nl else 1])
        for _, dutch, english, day, kind, *_ in ACTIVITIES
    )
    table = Table(
        "when_table",
        "Activiteiten in de tijd" if nl else "Activities in time",
        (Column("Datum" if nl else "Date"), Column("Activiteit" if nl else "Activity", width=3)),
        tuple((span.start, span.label) for span in spans),
    )
    alt = (
        "Tijdlijn van zes activiteiten, van mei tot november."
        if nl
        else "Timeline of six activities, from May to November."
    )
    return Chart("when", "Zes activiteiten in 2024" if nl else "Six activities in 2024", "timeline", spans, alt, table)


def bars(language: Language) -> Chart:
    nl = language == "nl"
    counts = [(dutch if nl else english, count) for _, dutch, english, _, _, count, _ in ACTIVITIES if count]
    table = Table(
        "parties_table",
        "Partijen per activiteit" if nl else "Parties per activity",
        (Column("Activiteit" if nl else "Activity", width=3), Column("Partijen" if nl else "Parties", "right")),
        tuple(counts),
    )
    alt = (
        "De roadshow telt 18 partijen, het event in oktober 15."
        if nl
        else "The roadshow has 18 parties, the October event 15."
    )
    title = "Partijen uit de eigen regio per activiteit" if nl else "Parties from the region per activity"
    return Chart("parties", title, "bar", tuple(Point(label, count) for label, count in counts), alt, table)


def stacked(language: Language) -> Chart:
    nl = language == "nl"
    states = ("gedaan", "vervallen", "open") if nl else ("done", "waived", "open")
    moments = ("Vooraf", "Tijdens", "Na afloop") if nl else ("Before", "During", "After")
    counts = ((22, 3, 0), (9, 1, 0), (6, 0, 2))
    data = tuple(
        Point(m, n, s) for m, row in zip(moments, counts, strict=True) for s, n in zip(states, row, strict=True)
    )
    table = Table(
        "measures_table",
        "Maatregelen" if nl else "Measures",
        (Column("Moment" if nl else "When"), *(Column(state, "right") for state in states)),
        tuple((m, *row) for m, row in zip(moments, counts, strict=True)),
    )
    alt = (
        "De meeste maatregelen liggen vóór een activiteit en zijn gedaan."
        if nl
        else "Most measures fall before and are done."
    )
    title = "Beheersmaatregelen naar moment en stand" if nl else "Measures by moment and state"
    return Chart("measures", title, "stacked", data, alt, table, "maatregelen" if nl else "measures")


def long_table(language: Language) -> Table:
    nl = language == "nl"
    head = (
        ("Maand", "Activiteit", "Doel", "Onderwerpen", "Partijen", "MoU’s")
        if nl
        else ("Month", "Activity", "Aim", "Topics", "Parties", "MoUs")
    )
    aim = (
        "De vicegouverneur bracht een bezoek aan regio’s waarmee zij een relatie onderhoudt; het bezoek kwam aan de "
        "vooravond van de missie."
        if nl
        else "The vice-governor visited regions with which it keeps a relation, on the eve of the mission."
    )
    columns = tuple(
        Column(label, "right" if place > 3 else "left", width)
        for place, (label, width) in enumerate(zip(head, (1, 3, 4, 3.5, 1.2, 1), strict=True))
    )
    months = {5: ("mei", "May"), 9: ("sept", "Sept"), 10: ("okt", "Oct"), 11: ("nov", "Nov")}
    rows = tuple(
        (
            months[day.month][0 if nl else 1],
            Linked(dutch if nl else english, f"https://hanze.example/missions/{key}"),
            aim,
            TOPICS[language][place],
            parties or None,
            mous or None,
        )
        for place, (key, dutch, english, day, _, parties, mous) in enumerate(ACTIVITIES)
    )
    title = "Activiteiten met de kolommen van bijlage a" if nl else "Activities with the columns of annex a"
    return Table("activities", title, columns, rows * 2)
