"""Write the names and codes of all countries (ISO 3166-1 by pycountry; English and Dutch names of CLDR) as a table.

Run it when pycountry or Babel is renewed: python tools/country_names.py > src/hanze/screening/data/iso_countries.tsv
"""

import pycountry
from babel import Locale

HEAD = """\
# Names and codes of countries, with the ISO 3166-1 alpha-2 code.
# Origin: ISO 3166-1 by pycountry (LGPL-2.1 data), CLDR names in English and Dutch by Babel (Unicode licence).
# Made by tools/country_names.py; do not change it here."""


def spellings() -> dict[str, str]:
    """Spelling → alpha-2 code."""
    names: dict[str, str] = {}
    for country in pycountry.countries:
        for field in ("alpha_2", "alpha_3", "name", "official_name", "common_name"):
            if value := getattr(country, field, None):
                names[value] = country.alpha_2
        for language in ("en", "nl"):
            if value := Locale(language).territories.get(country.alpha_2):
                names.setdefault(value, country.alpha_2)
    return names


def table() -> str:
    """The whole file."""
    return "\n".join([HEAD, *(f"{name}\t{code}" for name, code in sorted(spellings().items()))]) + "\n"


if __name__ == "__main__":
    print(table(), end="")
