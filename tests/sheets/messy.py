"""A register as somebody keeps it in Excel for years. Its facts are those of annex a of the evaluation of a province
over 2024 and of the relations and networks in the international agenda of a municipality; its disorder is invented.

`python -m tests.sheets.messy FILE` writes it; `data/register-buitenland.xlsx` was made so.
"""

# ruff: noqa: E501 -- each line is a row of a sheet
from __future__ import annotations

import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.styles import Font

FILE = Path(__file__).parent / "data" / "register-buitenland.xlsx"

ACTIVITIES: list[list[Any]] = [
    ["OVERZICHT ACTIVITEITEN CHINA 2024 (bijlage a)"],
    ["laatst bijgewerkt: 3 dec – let op: gesprekken staan op ander tabblad!!"],
    [],
    ["Maand", "Activiteit10", "Soort", "Doel", "Gespreksonderwerpen", "Resultaten ", "Betrokken partijen (ZH)", "MoU's", "land", "Sector"],
    ["Mei", "Ontvangst Vicegovernor van Hebei", "ontvangst", "De Vicegovernor van Hebei verantwoordelijk voor buitenlandse relaties bracht een bezoek aan een aantal regio's met wie zij relaties onderhouden.", "Bespreken algehele relatie en missie van gedeputeerde Stolk", "N.v.t.", "N.v.t.", None, "China", "algemeen"],
    ["23 t/m 28 mei", "Roadshow in de Chinese provincies Hebei en Shandong", "missie", "Eerste uitgaande handelsmissie binnen het kader; thema ‘Feeding and Greening the Megacities’.", "Samenwerking tuinbouw, intellectueel eigendom en MVO, transparantie in de keten,", "zie verslag", "18 tuinbouw\norganisaties", "-", "CN", "tuinbouw"],
    ["Sept", "Ontvangst Vicegovernor  van Hebei", "ontvangst", "De vicegovernor verantwoordelijk voor wetenschap en technologie, in navolging van de Roadshow.", "Samenwerking tuinbouw, intellectueel eigendom en MVO", None, "1 koepelorganisatie", None, "China ", "land- en tuinbouw"],
    ["23 okt. 2024", "Deelname Agri-horticultural Sector Promotion Event (Shanghai delegatie) in Wassenaar", "deelname", "Gemeente Westland vroeg om een korte presentatie.", "Land- en tuinbouw", "2 MoU's", "15 tuinbouw organisaties", 2, "China", "tuinbouw"],
    ["Nov", "Ontvangst van het Beijing Agricultural Bureau", "Ontvangst", "Tegenbezoek naar aanleiding van de Roadshow in mei.", "Samenwerking tuinbouw en MVO", "1 MoU", "3 tuinbouw organisaties", 1, "china", "Tuinbouw"],
    [datetime(2024, 11, 6), "Gesprek tussen de Chinese ambassadeur in Nederland en gedeputeerde Van Leeuwen", "gesprek", "Toelichten van de beleidslijn van de provincie", "Beleidslijn internationale strategie 2024-2027", "n.v.t.", "n.v.t.", None, "PRC", "algemeen"],
    [],
    ["TOTAAL", 6, None, None, None, None, None, 3],
]  # fmt: skip

RELATIONS: list[list[Any]] = [
    ["Vriendschapsrelaties gemeente"],
    ["Continent", "Stad", "Country", "Soort relatie", "sinds", "Actief?", "Opmerkingen", "Dossierhouder"],
    ["Azië", "Shenzhen", "China", "samenwerking", 2018, "ja", "Floriade, New Towns", None],
    [None, "Taipei ", "Taiwan", "samenwerking", "ca. 2019", "ja", None, None],
    [None, "Tainan", "Taiwan", "samenwerking", None, "ja", "zie ook Taipei", None],
    [None, "Taichung", "TW", "Samenwerking", None, "J", None, None],
    ["Europa:", None, None, None, None, None, None, None],
    ["Europa", "Milaan", "Italië", "samenwerking", "2017", "ja", "Milan Urban Food Policy Pact", None],
    [None, "Aalborg", "Denemarken", "partnerstad", "jaren 80", "ja", "via Stichting Partnersteden", None],
    [None, "Rendsburg", "Duitsland", "partnerstad", None, "ja", "sport, onderwijs, kunst en cultuur", None],
    [None, "Milton Keynes", "Engeland", "incidenteel", None, "slapend", "New Town", None],
    ["N-Amerika", "Toronto", "Canada", "samenwerking", "'19", "ja", None, None],
    ["Continent", "Stad", "Country", "Soort relatie", "sinds", "Actief?", "Opmerkingen", "Dossierhouder"],
    [None, "Lancaster", "United Kingdom", "incidenteel", "2018", "nee", "Jeugdspelen, eens in de vier jaar", None],
]  # fmt: skip

NETWORKS: list[list[Any]] = [
    ["Naam netwerk", "Afk.", "Soort", "Land", "URL", "Opmerkingen", "Opgericht"],
    ["EUROCITIES", None, "Netwerk", "België", "eurocities.eu", "ruim 130 steden, 35 landen", 1986],
    [
        "Milan Urban Food Policy Pact",
        "MUFPP",
        "netwerk",
        "Italië",
        "www.milanurbanfoodpolicypact.org",
        "205 steden",
        2015,
    ],
    ["Ellen MacArthur Foundation", None, "stichting", "Verenigd Koninkrijk", None, "C&CEFF-programma", 2010],
    ["Gemeenten4GlobalGoals", None, "netwerk", "NL", None, "campagne van de VNG", None],
    ["METREX", None, "netwerk", None, None, "conferentie 2022?", None],
    ["Aeres Hogeschool Almere", None, "hogeschool", "Nederland", None, None, None],
    ["Stichting Partnersteden Almere", "SPA", "stichting", "Nederland", None, "vrijwilligers", None],
    ["Eurocities ", None, "Netwerk", "Belgie", None, "staat er 2x in?", None],
]

PEOPLE: list[list[Any]] = [
    ["Naam", "Functie", "Organisatie", "Tel.", "e-mail"],
    ["Vries, A. de", "coördinator", "Stichting Partnersteden Almere", "036 - 123 45 67", "a.devries@example.org"],
    ["B. Bakker", "docent", "Aeres Hogeschool Almere", None, "b.bakker@example.org"],
    ["C. Visser", None, "Onbekend BV", "0612345678", "c.visser(at)example.org"],
]

PARTICIPANTS: list[list[Any]] = [
    ["Deelnemers roadshow mei 2024"],
    [],
    ["Missie", "Bedrijf", "Naam deelnemer", "rol"],
    ["Roadshow in de Chinese provincies Hebei en Shandong", "Kwekerij Voorbeeld B.V.", "D. de Jong", "deelnemer"],
    [None, "Zaadbedrijf Voorbeeld", "E. Mulder", "deelnemer"],
    [None, "Kassenbouw Voorbeeld", None, "Deelnemer"],
]


def write(path: Path) -> None:
    """Write the workbook to `path`."""
    book = openpyxl.Workbook()
    notes = book.active
    notes.title = "LEES MIJ"
    notes["A1"] = "Register buitenland – niet verplaatsen! Vragen: zie tabblad contacten."
    for name, rows in (
        ("activiteiten china 2024", ACTIVITIES),
        ("Vriendschapsrelaties", RELATIONS),
        ("netwerken", NETWORKS),
        ("contactpersonen", PEOPLE),
        ("deelnemers", PARTICIPANTS),
    ):
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
        sheet["A1"].font = Font(bold=True, size=14)
    book["activiteiten china 2024"].merge_cells("A1:H1")
    book["Vriendschapsrelaties"].merge_cells("A3:A6")
    book["deelnemers"].merge_cells("A4:A6")
    book["netwerken"]["G10"] = "=COUNT(G2:G9)"
    book["netwerken"]["H3"] = date(2020, 5, 1)
    book.create_sheet("oud").sheet_state = "hidden"
    book.save(path)


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else FILE)
