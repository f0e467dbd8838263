"""Add, cut, join and delete sections. No word goes away but those of a deleted section, which the history keeps."""

from __future__ import annotations

import re

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from publishing.facts import ai_values
from publishing.models import AI_FIELDS
from theses.actions.changing import changing, name
from theses.actions.outline import clean_title, free_slug, seen_plan, write_rows
from theses.models import Change, Document, Section
from theses.plan import DEEPEST, Plan, Row, lifted, positioned

_BREAK = re.compile(r"\n[ \t]*\n\s*")
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})", re.MULTILINE)


def add_section(*, document: Document, user: User | None, after: int | None, title: str, version: str | None) -> Change:
    """An empty section after another one and what stands under it, at its level; first of all where `after` is None.

    Raises PermissionDenied, OutlineChanged, or ValidationError.
    """
    title = clean_title(title)
    what = _("Ajouté : %s") % title
    with changing(document=document, user=user, what=what, rights=("theses.add_section",)) as change:
        plan = seen_plan(document, version)
        index = plan.index(after) if after is not None else None
        at = plan.end(index) if index is not None else 0
        depth = plan.rows[index].depth if index is not None else 1
        _insert(document, plan, at, Section(depth=depth, title=title, slug=free_slug(plan, title)))
    return change


def split_section(
    *, document: Document, user: User | None, section: int, paragraph: int, title: str, version: str | None
) -> Change:
    """Cut a section before its paragraph number `paragraph`, counted from 0: from there on it is a new section.

    `version` is that of the text, as `publishing.editing.version_of` writes it. Raises PermissionDenied,
    DoesNotExist, or ValidationError.
    """
    title = clean_title(title)
    rights = ("theses.change_section", "theses.add_section")
    with changing(document=document, user=user, what=_("Coupé : %s") % title, rights=rights) as change:
        plan = seen_plan(document, None)
        row = Section.objects.get(document=document, pk=section)
        if version is not None and version != row.updated_at.isoformat():
            raise ValidationError(_("Le texte a changé depuis que vous l’avez ouvert : choisissez de nouveau."))
        cuts = breaks(row.body)
        if not 1 <= paragraph <= len(cuts):
            raise ValidationError(_("Choisissez le paragraphe qui commence la nouvelle section."))
        name(change, _("Coupé : %(one)s / %(other)s") % {"one": row.title[:240], "other": title[:240]})
        start, end = cuts[paragraph - 1]
        rest = row.body[end:]
        row.body = row.body[:start]
        row.save()
        same = {name: getattr(row, name) for name in ("language", *AI_FIELDS)}
        new = Section(depth=row.depth, title=title, slug=free_slug(plan, title), body=rest, **same)
        _insert(document, plan, plan.index(section) + 1, new)
    return change


def merge_section(*, document: Document, user: User | None, section: int, version: str | None) -> Change:
    """Join a section to the one before it: its title becomes a paragraph there, and links to it lead there.

    Raises PermissionDenied, OutlineChanged, or ValidationError for the first section, and where the two would say
    different things on the use of AI: joined, one of them would be wrong.
    """
    rights = ("theses.change_section", "theses.delete_section")
    with changing(document=document, user=user, what=_("Sections jointes."), rights=rights) as change:
        plan = seen_plan(document, version)
        index = plan.index(section)
        if index == 0:
            raise ValidationError(_("Aucune section ne précède celle-ci."))
        two = document.sections.in_bulk([plan.rows[index - 1].pk, section])
        one, other = two[plan.rows[index - 1].pk], two[section]
        _require_one_voice(document, plan, index)
        name(change, _("Jointe à « %(one)s » : %(other)s") % {"one": one.title[:200], "other": other.title[:200]})
        one.body = "\n\n".join(part for part in (one.body, str(other), other.body) if part.strip())
        one.save()
        _hand_down(document, plan, index, other)
        _close(document, plan, index)
        other.delete()
        link = f"](section:{other.slug})"
        for linking in document.sections.filter(body__contains=link):
            linking.body = linking.body.replace(link, f"](section:{one.slug})")
            linking.save()
    return change


def delete_section(*, document: Document, user: User | None, section: int, version: str | None) -> Change:
    """Delete one heading with its own text; what stood under it stays. Raises PermissionDenied, or ValidationError."""
    with changing(
        document=document, user=user, what=_("Section supprimée."), rights=("theses.delete_section",)
    ) as change:
        plan = seen_plan(document, version)
        index = plan.index(section)
        name(change, _("Supprimé : %s") % plan.rows[index].title)
        gone = document.sections.get(pk=section)
        _hand_down(document, plan, index, gone)
        _close(document, plan, index)
        gone.delete()
    return change


def breaks(body: str) -> list[tuple[int, int]]:
    """Where a text can be cut: the start and the end of each run of empty lines that stands in no block of code."""
    found, fence = [], ""
    position = 0
    for match in _BREAK.finditer(body):
        for mark in _FENCE.findall(body, position, match.start()):
            if not fence:
                fence = mark
            elif mark[0] == fence[0] and len(mark) >= len(fence):
                fence = ""
        position = match.start()
        if not fence and body[: match.start()].strip() and match.end() < len(body):
            # The indentation of what follows is its own.
            found.append((match.start(), body.rfind("\n", 0, match.end()) + 1))
    return found


def paragraphs(body: str) -> list[str]:
    """The text between the places where it can be cut."""
    start, found = 0, []
    for before, after in breaks(body):
        found.append(body[start:before])
        start = after
    return [*found, body[start:]]


def _insert(document: Document, plan: Plan, at: int, section: Section) -> None:
    """A new section before row number `at`."""
    new = Row(pk=0, position=0, depth=section.depth)
    rows = positioned([*plan.rows[:at], new, *plan.rows[at:]])
    write_rows(document, plan, [row for row in rows if row.pk])
    section.document, section.position = document, rows[at].position
    section.save()


def _require_one_voice(document: Document, plan: Plan, index: int) -> None:
    """Raises ValidationError where a section and the one before it do not say the same on the use of AI."""
    if _voice(document, plan, index - 1) != _voice(document, plan, index):
        raise ValidationError(
            _(
                "Ces deux sections ne disent pas la même chose de l’usage de l’IA : dites d’abord ce qui vaut pour "
                "les deux."
            )
        )


def _voice(document: Document, plan: Plan, index: int) -> dict[str, str]:
    """What holds for a section: its own answer, or that of the nearest section above it that has one."""
    lineage, depth = [], DEEPEST + 1
    for row in reversed(plan.rows[: index + 1]):
        if row.depth < depth:
            lineage.append(row.pk)
            depth = row.depth
    rows = document.sections.only(*AI_FIELDS).in_bulk(lineage)
    return next((values for pk in lineage if (values := ai_values(rows[pk]))), {})


def _hand_down(document: Document, plan: Plan, index: int, gone: Section) -> None:
    """What a section that goes away says on the use of AI stays true of what stood right under it."""
    if not ai_values(gone):
        return
    under = plan.rows[index + 1 : plan.end(index)]
    direct = [row.pk for at, row in enumerate(under) if all(row.depth <= before.depth for before in under[:at])]
    for heir in document.sections.filter(pk__in=direct):
        if not ai_values(heir):
            for field in AI_FIELDS:
                setattr(heir, field, getattr(gone, field))
            heir.save()


def _close(document: Document, plan: Plan, index: int) -> None:
    """Lift what stands under a row that goes away, so that it skips no level."""
    end = plan.end(index)
    above = plan.rows[index - 1].depth if index else 0
    under = lifted(plan.rows[index + 1 : end], above)
    write_rows(document, plan, [*plan.rows[:index], *under, *plan.rows[end:]])
