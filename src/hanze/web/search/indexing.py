"""Keeping the index: every record that an app offers to search, renewed when it is saved."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from importlib import import_module
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.db.models.signals import post_delete, post_save
from django.utils.module_loading import module_has_submodule

from hanze.register.searching import SearchSource, gathered, waits
from hanze.web.models import SearchEntry, SearchTerm
from hanze.web.search.words import stems, words

TITLE_WEIGHT = 6
HIGHEST_WEIGHT = 30
TITLE_LENGTH = 300
BATCH = 500


@cache
def sources() -> dict[str, SearchSource]:
    """What can be found, by the label of its model: the `SOURCES` in each app's `search.py`."""
    found: dict[str, SearchSource] = {}
    for app in apps.get_app_configs():
        if app.name.startswith("hanze.") and app.label != "web" and module_has_submodule(app.module, "search"):
            for source in import_module(f"{app.name}.search").SOURCES:
                found[source.model._meta.label_lower] = source
    return found


@transaction.atomic
def index(record: models.Model) -> None:
    """Put `record` into the index as it is now."""
    if waits(record._meta.label_lower, record.pk):
        return
    title, text = _texts(record)
    entry, _made = SearchEntry.objects.update_or_create(
        record_type=record._meta.label_lower, record_id=str(record.pk), defaults={"title": title, "text": text}
    )
    entry.terms.all().delete()
    SearchTerm.objects.bulk_create(_terms(entry))


def index_together(keys: Iterable[tuple[str, Any]]) -> None:
    """Put the records with those (model label, key) into the index as they are now, a batch at a time; those that are
    there no longer are taken out."""
    by_type: dict[str, list[Any]] = defaultdict(list)
    for label, pk in keys:
        by_type[label].append(pk)
    for label, wanted in by_type.items():
        for start in range(0, len(wanted), BATCH):
            _index_batch(label, wanted[start : start + BATCH])


@transaction.atomic
def _index_batch(label: str, wanted: Sequence[Any]) -> None:
    source = sources()[label]
    SearchEntry.objects.filter(record_type=label, record_id__in=[str(pk) for pk in wanted]).delete()
    records = source.model._default_manager.filter(pk__in=wanted).prefetch_related(*source.prefetch)
    texts = {str(record.pk): _texts(record) for record in records}
    entries = SearchEntry.objects.bulk_create(
        SearchEntry(record_type=label, record_id=pk, title=title, text=text) for pk, (title, text) in texts.items()
    )
    SearchTerm.objects.bulk_create((term for entry in entries for term in _terms(entry)), batch_size=BATCH)


def _texts(record: models.Model) -> tuple[str, str]:
    """The title of a record and the rest of its words."""
    source = sources()[record._meta.label_lower]
    return source.title(record)[:TITLE_LENGTH], source.text(record)


def _terms(entry: SearchEntry) -> list[SearchTerm]:
    counted = weights(entry.title, entry.text)
    return [SearchTerm(entry=entry, stem=stem, weight=weight) for stem, weight in counted.items()]


def weights(title: str, text: str) -> dict[str, int]:
    """How much each stem counts: a word of the title as six of the text."""
    counted: Counter[str] = Counter()
    for words_of, weight in ((title, TITLE_WEIGHT), (text, 1)):
        for word in words(words_of):
            for stem in stems(word):
                counted[stem] += weight
    return {stem: min(weight, HIGHEST_WEIGHT) for stem, weight in counted.items()}


def rebuild() -> int:
    """Make the index anew from all records; return how many it holds."""
    with transaction.atomic():
        SearchEntry.objects.all().delete()
        for label, source in sources().items():
            index_together((label, pk) for pk in source.model._default_manager.values_list("pk", flat=True))
        return SearchEntry.objects.count()


def renew(sender: Any, rows: Iterable[tuple[type[models.Model], Any]], pattern: re.Pattern[str], **kwargs: Any) -> None:
    """Index anew, after an erasure, the records whose words changed and the entries that still hold a name."""
    asked = {(model._meta.label_lower, str(pk)) for model, pk in rows}
    for entry in SearchEntry.objects.iterator(chunk_size=500):
        if (entry.record_type, entry.record_id) in asked or pattern.search(f"{entry.title}\n{entry.text}"):
            record = sources()[entry.record_type].model._default_manager.filter(pk=entry.record_id).first()
            index(record) if record is not None else entry.delete()


def connect() -> None:
    """Renew the index when a record, or one that its words come from, is saved or removed."""
    gathered.connect(_gathered, dispatch_uid="search gathered")
    for source in sources().values():
        post_save.connect(_saved, sender=source.model, dispatch_uid=f"search {source.model._meta.label}")
        post_delete.connect(_removed, sender=source.model, dispatch_uid=f"search {source.model._meta.label}")
        for relation in _children(source):
            for signal in (post_save, post_delete):
                signal.connect(
                    _child_changed,
                    sender=relation.related_model,
                    dispatch_uid=f"search {relation.related_model._meta.label}",
                )
        for field in _named_after(source):
            post_save.connect(
                _name_changed,
                sender=field.related_model,
                dispatch_uid=f"search names after {field.related_model._meta.label}",
            )


def _children(source: SearchSource) -> Iterable[Any]:
    for name in {path.partition("__")[0] for path in source.prefetch}:
        relation = source.model._meta.get_field(name)
        if relation.one_to_many:
            yield relation


def _named_after(source: SearchSource) -> Iterable[Any]:
    """The fields to other records that can be found, whose names are among the words of this one."""
    for name in source.prefetch:
        field: Any = source.model._meta.get_field(name.partition("__")[0])
        if field.many_to_one and field.related_model._meta.label_lower in sources():
            yield field


def _gathered(sender: Any, keys: Iterable[tuple[str, Any]], **kwargs: Any) -> None:
    index_together(keys)


def _saved(sender: Any, instance: models.Model, raw: bool = False, **kwargs: Any) -> None:
    if not raw:
        index(instance)


def _removed(sender: Any, instance: models.Model, **kwargs: Any) -> None:
    if not waits(instance._meta.label_lower, instance.pk):
        SearchEntry.objects.filter(record_type=instance._meta.label_lower, record_id=str(instance.pk)).delete()


def _child_changed(sender: Any, instance: models.Model, raw: bool = False, **kwargs: Any) -> None:
    if raw:
        return
    for source in sources().values():
        for relation in _children(source):
            if relation.related_model is sender:
                key = getattr(instance, relation.field.attname)
                if waits(source.model._meta.label_lower, key):
                    continue
                parent = source.model._default_manager.filter(pk=key).first()
                if parent is not None:
                    index(parent)


def _name_changed(sender: Any, instance: models.Model, created: bool, raw: bool = False, **kwargs: Any) -> None:
    if raw or created:
        return
    for source in sources().values():
        for field in _named_after(source):
            if field.related_model is sender:
                for record in source.model._default_manager.filter(**{field.name: instance}):
                    index(record)
