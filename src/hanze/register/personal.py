"""Organisations, people, relations and agreements. A person's row stays, without her, where she took part."""

from hanze.audit.personal import Way, declare, declare_events

declare("register.Country", codes="code code3", kept="name_nl name_en")
declare("register.Region", codes="code kind", kept="name_nl name_en")
declare("register.City", kept="name_nl name_en")
declare(
    "register.Organisation",
    searched="name short_name native_name website email notes source_document source_section",
)
declare("register.Identifier", under="organisation", searched="value")
declare(
    "register.Person",
    about="pk",
    replaced="name",
    blanked="native_name email phone notes source_document source_section",
)
declare("register.Merge", about="person", replaced="reason undone_because", blanked="steps carried left")
declare("register.SetApart", about="one_person other_person", removed=True, searched="names reason")
declare("register.Post", about="person", removed=True, under="person", searched="title")
declare("register.Relation", searched="purpose purpose_en source_document source_section")
declare("register.RelationStatus", under="relation", searched="decided_by reason source_document source_section")
declare("register.Agreement", searched="title subject ended_because source_document source_section")
declare("register.Renewal", under="agreement", searched="note")
declare("register.AgreementDocument", under="agreement", searched="title file", codes="content_type sha256")

declare_events(
    Way.BLANKED,
    "person.changed",
    "person.created",
    "person.merged",
    "person.parted",
    "person.set-apart",
    "person.set-apart-undone",
    "post.added",
    "post.changed",
)
declare_events(
    Way.SEARCHED,
    "agreement.changed",
    "agreement.created",
    "agreement.ended",
    "agreement.renewed",
    "document.added",
    "organisation.changed",
    "organisation.created",
    "organisation.made-home",
    "organisation.merged",
    "organisation.parted",
    "organisation.set-apart",
    "organisation.set-apart-undone",
    "relation.changed",
    "relation.created",
    "relation.status-set",
)
