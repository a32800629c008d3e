"""What happens in the register, as the log says it."""

from django.utils.translation import gettext_lazy as _

from hanze.audit.registry import register

register("organisation.created", _("%(actor)s added the organisation %(subject)s"))
register("organisation.changed", _("%(actor)s changed the organisation %(subject)s"))
register("organisation.made-home", _("%(actor)s made %(subject)s the organisation that Hanze works for"))
register("organisation.merged", _("%(actor)s merged an organisation that is the same with %(subject)s"))
register("organisation.parted", _("%(actor)s undid a merging with %(subject)s"))
register("person.merged", _("%(actor)s merged a record of the same person with %(subject)s"))
register("person.parted", _("%(actor)s undid a merging with %(subject)s"))
register("organisation.set-apart", _("%(actor)s said that %(subject)s is another organisation than one like it"))
register("organisation.set-apart-undone", _("%(actor)s took back that %(subject)s is another than one like it"))
register("person.set-apart", _("%(actor)s said that %(subject)s is another person than one with a name like it"))
register("person.set-apart-undone", _("%(actor)s took back that %(subject)s is another than one like it"))
register("person.created", _("%(actor)s added %(subject)s"))
register("person.changed", _("%(actor)s changed the details of %(subject)s"))
register("post.added", _("%(actor)s added the post “%(post)s” of %(subject)s"))
register("post.changed", _("%(actor)s changed the post “%(post)s” of %(subject)s"))
register("relation.created", _("%(actor)s recorded the relation with %(subject)s"))
register("relation.changed", _("%(actor)s changed the relation with %(subject)s"))
register("relation.status-set", _("%(actor)s recorded a new status of the relation with %(subject)s"))
register("agreement.created", _("%(actor)s recorded the agreement “%(subject)s”"))
register("agreement.changed", _("%(actor)s changed the agreement “%(subject)s”"))
register("agreement.renewed", _("%(actor)s renewed the agreement “%(subject)s”"))
register("agreement.ended", _("%(actor)s recorded that the agreement “%(subject)s” ends"))
register("document.added", _("%(actor)s added the document “%(subject)s”"))
