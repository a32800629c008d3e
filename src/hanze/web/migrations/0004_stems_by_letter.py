"""Stems compare as their letters are written down, so that an index of PostgreSQL finds a beginning in any language."""

from django.db import migrations

BY_LETTER = """
ALTER TABLE web_searchterm ALTER COLUMN stem TYPE varchar(60) COLLATE "C", ALTER COLUMN stem SET STATISTICS 1000
"""


def compare_by_letter(apps, schema_editor):
    # SQLite compares so of itself. The statistics are of the whole index: few words are everywhere, many are rare.
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(BY_LETTER)


class Migration(migrations.Migration):
    dependencies = [("web", "0003_heaviest_first")]

    operations = [migrations.RunPython(compare_by_letter, migrations.RunPython.noop)]
