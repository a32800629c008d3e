"""Personal data can leave the log: only with a permanent row that says so, and the rest of the event as it was."""

import importlib

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

append_only = importlib.import_module("hanze.audit.migrations.0002_append_only")

STAYS = ("id", "at", "name", "actor_id", "subject_type", "subject_id", "case_type", "case_id")


def allowed(differs: str) -> str:
    """The condition under which an event may change; `differs` is the database's word for "is another value"."""
    return " AND ".join(
        [
            "NEW.shredded IS NOT NULL",
            "NEW.shredded > COALESCE(OLD.shredded, 0)",
            "EXISTS (SELECT 1 FROM audit_shredding s WHERE s.id = NEW.shredded AND s.event_id = OLD.id)",
            *(f"NOT (NEW.{column} {differs} OLD.{column})" for column in STAYS),
        ]
    )


SQLITE = [
    f"CREATE TRIGGER audit_event_no_update BEFORE UPDATE ON audit_event WHEN NOT ({allowed('IS NOT')}) "
    "BEGIN SELECT RAISE(ABORT, 'log events are never changed'); END",
    "CREATE TRIGGER audit_event_no_delete BEFORE DELETE ON audit_event "
    "BEGIN SELECT RAISE(ABORT, 'log events are never removed'); END",
    "CREATE TRIGGER audit_shredding_no_update BEFORE UPDATE ON audit_shredding "
    "BEGIN SELECT RAISE(ABORT, 'a shredding is never changed'); END",
    "CREATE TRIGGER audit_shredding_no_delete BEFORE DELETE ON audit_shredding "
    "BEGIN SELECT RAISE(ABORT, 'a shredding is never removed'); END",
]
POSTGRESQL = [
    "CREATE OR REPLACE FUNCTION audit_event_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
    f"IF TG_OP = 'UPDATE' THEN IF {allowed('IS DISTINCT FROM')} THEN RETURN NEW; END IF; END IF; "
    "RAISE EXCEPTION 'log events are never changed or removed'; END $$",
    "CREATE TRIGGER audit_event_no_change BEFORE UPDATE OR DELETE ON audit_event "
    "FOR EACH ROW EXECUTE FUNCTION audit_event_append_only()",
    "CREATE FUNCTION audit_shredding_append_only() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'a shredding is never changed or removed'; END $$",
    "CREATE TRIGGER audit_shredding_no_change BEFORE UPDATE OR DELETE ON audit_shredding "
    "FOR EACH ROW EXECUTE FUNCTION audit_shredding_append_only()",
]
UNDO = {
    "sqlite": [
        *append_only.UNDO["sqlite"],
        "DROP TRIGGER audit_shredding_no_update",
        "DROP TRIGGER audit_shredding_no_delete",
    ],
    "postgresql": [
        *append_only.UNDO["postgresql"],
        "DROP TRIGGER audit_shredding_no_change ON audit_shredding",
        "DROP FUNCTION audit_shredding_append_only()",
    ],
}


def guard(apps, schema_editor):
    for statement in {"sqlite": SQLITE, "postgresql": POSTGRESQL}[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def unguard(apps, schema_editor):
    for statement in UNDO[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_append_only")]
    operations = [
        migrations.RunPython(append_only.unguard, append_only.guard),
        migrations.AddField("event", "shredded", models.BigIntegerField(editable=False, null=True)),
        migrations.CreateModel(
            name="Shredding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("cause", models.CharField(max_length=80, verbose_name="cause")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="moment")),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="shreddings", to="audit.event"
                    ),
                ),
            ],
            options={
                "verbose_name": "shredding of a log event",
                "verbose_name_plural": "shreddings of log events",
                "ordering": ["-at", "-pk"],
            },
        ),
        migrations.RunPython(guard, unguard),
    ]
