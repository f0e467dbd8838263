"""The notice of a work as an edition keeps it apart from its facts: field by field, so that it can be a draft again.

Facts say what readers see, in words; from « relu par … le … » no field could be filled in again. Keywords are no part
of it: they have no history, and what could not be taken back is not done.
"""

from __future__ import annotations

from copy import copy
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from publishing.models import Author, Contribution, Publication
from publishing.putting_back import NOT_OF_THE_TEXT, frozen, thawed

PERSON = ("author_id", "role", "occupation", "organisation", "position")
NOT_OF_THE_NOTICE = {*NOT_OF_THE_TEXT, "body", "featured"}
"""The text is kept elsewhere; whether a work stands on the first page is no part of any edition."""


def freeze_notice(work: Any) -> dict[str, Any]:
    """`fields` and `people`: one query."""
    names = [kept.attname for kept in work.history.model.tracked_fields if kept.attname not in NOT_OF_THE_NOTICE]
    people = work.contributions.select_related("author").order_by("position", "pk")
    return {
        "fields": frozen(work, names),
        "people": [{**frozen(row, PERSON), "slug": row.author.slug, "name": row.author.name} for row in people],
    }


def thaw_fields(work: Publication, notice: dict[str, Any]) -> Any:
    """The row of the work as it shall be, not stored."""
    goal = copy(work)
    fields = {field.attname: field for field in work._meta.concrete_fields}
    for name, value in notice["fields"].items():
        if name in fields:
            setattr(goal, name, fields[name].to_python(value))
    return goal


def thaw_people(model: type[Contribution], which: dict[str, Any], notice: dict[str, Any]) -> list[Any]:
    """The contributions as they shall be. Raises ValidationError for a person whom the site no longer knows."""
    people = notice["people"]
    known = set(Author.objects.filter(pk__in=[row["author_id"] for row in people]).values_list("pk", flat=True))
    by_slug = dict(Author.objects.filter(slug__in=[row["slug"] for row in people]).values_list("slug", "pk"))
    values = []
    for row in people:
        key = row["author_id"] if row["author_id"] in known else by_slug.get(row["slug"])
        if key is None:
            raise ValidationError(
                _("« %(name)s » n’est plus parmi les auteurs du site. Recréez cet auteur à l’adresse « %(slug)s ».")
                % {"name": row["name"], "slug": row["slug"]}
            )
        values.append({**{name: row[name] for name in PERSON}, "author_id": key})
    return thawed(model, which, values, ("author_id", "role"))
