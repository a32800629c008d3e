"""A report as large as a real one, in Dutch and in English."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

from hanze.reporting import (
    Column,
    Compared,
    Figure,
    FigureRef,
    Figures,
    Language,
    Linked,
    Prose,
    Report,
    Row,
    Section,
    Table,
    counted,
)
from tests.reporting.example_charts import ACTIVITIES, bars, long_table, stacked, timeline

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
        counted(
            "incoming_delegations", say("Inkomende delegaties", "Incoming delegations"), of_kind["in"], compared=before
        ),
        counted("outgoing_missions", say("Uitgaande missies", "Outgoing missions"), of_kind["out"], compared=before),
        counted("talks", say("Gesprekken", "Talks"), of_kind["talk"], say("en 10 verkennend", "and 10 exploratory")),
        counted(
            "distinct_parties",
            say("Verschillende partijen", "Distinct parties"),
            parties,
            say("een organisatie telt één keer", "an organisation counts once"),
            before,
        ),
        counted("attendances", say("Deelnames", "Attendances"), attendances),
        counted(
            "agreements",
            say("Overeenkomsten", "Agreements"),
            [
                Row("agreement", f"m{n}", say(f"Intentieverklaring {n}", f"Memorandum {n}"), None, "MoU")
                for n in (1, 2, 3)
            ],
        ),
        counted("refused_high_risk", say("Geweigerd op risico", "Refused on risk"), []),
        counted(
            "withdrawals",
            say("Afgehaakt", "Withdrawn"),
            [Row("party", "p31", "深圳市园艺有限公司 & Zn. #1 $x$ *ster*")],
        ),
        Figure(
            "travel_cost",
            say("Reiskosten in euro", "Travel cost in euros"),
            Decimal("28450.50"),
            (Row("cost", "c1", say("Vluchten", "Flights"), None, "€ 28.450,50"),),
        ),
        Figure("emissions", say("Uitstoot (ton CO₂)", "Emissions (tonnes CO₂)"), None),
    )
    return Report(
        title=say("Evaluatie van de relatie met China", "Evaluation of the relation with China"),
        subtitle=say(
            "Activiteiten, vraag en beheersmaatregelen, getoetst aan het kader voor de relatie met China",
            "Activities, demand and measures, weighed against the framework for the relation with China",
        ),
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
            Section(
                say("Overzicht van activiteiten", "Overview of activities"),
                (
                    Prose(
                        say(
                            "De kolommen volgen bijlage a van het kader.",
                            "The columns follow annex a of the framework.",
                        )
                    ),
                    long_table(language),
                ),
            ),
        ),
        colophon=say(
            "Opgesteld door *Internationale zaken*. De teksten zijn van de provincie; de cijfers komen uit de "
            "administratie. Vragen? [Neem contact op](mailto:internationaal@voorbeeld.example).",
            "Written by *International affairs*. The texts are the province’s own; the figures come from its "
            "records. Questions? [Write to us](mailto:international@example.example).",
        ),
        row_types={
            "activity": say("Activiteit", "Activity"),
            "party": say("Partij", "Party"),
            "participation": say("Deelname", "Attendance"),
            "agreement": say("Overeenkomst", "Agreement"),
            "cost": say("Kosten", "Cost"),
        },
    )


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
        Section(
            say("Inzet in 2024", "Activities in 2024"),
            (
                Prose(paragraph),
                Figures(
                    (
                        "incoming_delegations",
                        "outgoing_missions",
                        "talks",
                        "distinct_parties",
                        "agreements",
                        "refused_high_risk",
                    )
                ),
                timeline(language),
            ),
        ),
        Section(
            say("Vraag uit het bedrijfsleven", "Demand from business"),
            (
                Prose(
                    f"{paragraph}\n\n{quote}\n\n"
                    + say(
                        "### Wat bedrijven vroegen\n\n- hulp bij contacten met overheden\n- "
                        "kennis van [MVO](https://mvo.example/kader)",
                        "### What companies asked for\n\n- help with contacts in "
                        "government\n- knowledge of [responsible business](https://mvo.example/framework)",
                    )
                ),
                bars(language),
            ),
        ),
        Section(
            say("Per actielijn", "By line of action"),
            (
                Prose(paragraph),
                stacked(language),
                Table(
                    "lines",
                    say("Actielijnen en wat er is gedaan", "Lines of action and what was done"),
                    (
                        Column(say("Actielijn", "Line of action"), width=3),
                        Column(say("Van toepassing", "Applied"), "right"),
                        Column(say("Gedaan", "Done"), "right"),
                        Column(say("Niet nodig, omdat", "Waived because"), width=3),
                    ),
                    (
                        (say("Strenge selectie van sectoren", "Strict selection of sectors"), 6, 6, None),
                        (
                            say("Informatieveiligheid", "Information security"),
                            5,
                            4,
                            say("alleen publieke informatie", "public information only"),
                        ),
                        (
                            say("Kosten van de missie in euro", "Cost of the mission in euros"),
                            None,
                            FigureRef("travel_cost"),
                            None,
                        ),
                        (Linked(say("Zelfscan per bedrijf", "Self-scan per company"), "/measures/7"), 18, 18, None),
                    ),
                    say(
                        "Een actielijn kan bij één activiteit vaker gelden.",
                        "A line can apply more than once to an activity.",
                    ),
                ),
            ),
            level=2,
        ),
        Section(
            say("Aanbevelingen", "Recommendations"),
            (
                Prose(
                    say(
                        "1. Zet de vraaggerichte aanpak voort.\n2. Stem de boodschap af.\n3. Herijk in 2025.",
                        "1. Continue the demand-driven approach.\n2. Agree the message.\n3. Review in 2025.",
                    )
                ),
            ),
        ),
    )
