"""`import_documents --update`: one file as a new version of a work, told as one row of the command's table."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management.base import CommandError
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from articles.models import Article
from imports.actions.import_source import clean_name, too_large
from imports.actions.merge_source import ConflictsOpen, compare, merge_source, read_both, summary
from imports.comparing import shown_conflicts, titles_of
from imports.decisions import Decisions
from imports.merging import Merged
from imports.publication import publish
from imports.refusals import ImportRefused
from imports.summary import Outcome, kind_label
from theses.models import Document

Work = Article | Document
FEW = 20
"""Conflicts that are told one by one."""


def work_of(slug: str, sources: int) -> Work:
    """The work of this address. Raises CommandError where there is none, or where several files would be it."""
    if sources != 1:
        raise CommandError(_("--update attend un seul fichier ; il y en a %d.") % sources)
    found: list[Work] = [*Document.objects.filter(slug=slug), *Article.objects.filter(slug=slug)]
    if len(found) != 1:
        sentence = _("Plusieurs œuvres ont l’adresse « %s ».") if found else _("Aucune œuvre n’a l’adresse « %s ».")
        raise CommandError(sentence % slug)
    return found[0]


def updated(
    path: Path,
    work: Work,
    user: User | None,
    decisions: Decisions,
    dry_run: bool,
    keep_draft: bool,
    to_publish: bool,
) -> Outcome:
    """Merge a file into the draft of a work. A conflict stops it, unless the draft's side is to stand."""
    outcome = Outcome(clean_name(path.name), _("refusé"), title=work.title, failed=True)
    try:
        if path.stat().st_size > settings.SOURCE_MAX_SIZE:
            raise ImportRefused(too_large(path.stat().st_size))
        data = path.read_bytes()
        readings = read_both(work=work, data=data, name=path.name, decisions=decisions)
        outcome.manuscript, outcome.kind = readings.now, kind_label(readings.now.metadata.kind.value)
        if dry_run:
            merged = compare(readings, work)
            outcome.result, outcome.failed = _("comparé"), False
        else:
            _source, merged = merge_source(
                work=work,
                data=data,
                name=path.name,
                user=user,
                keep_mine=keep_draft,
                readings=readings,
            )
            outcome.result, outcome.failed = _("mis à jour"), False
        outcome.messages += [summary(merged), *_told(merged)]
        if to_publish and not dry_run:
            publish(work=type(work)._default_manager.get(pk=work.pk), user=user)
            outcome.result = _("publié")
    except ConflictsOpen as refusal:
        outcome.result = _("conflits")
        outcome.messages += [str(refusal), *_told(refusal.merged)]
        outcome.messages.append(_("rien n’a été écrit : décidez dans l’administration, ou ajoutez --keep-draft."))
    except ImportRefused as refusal:
        outcome.messages.append(str(refusal))
    except ValidationError as error:
        outcome.failed = True
        outcome.messages += [_("mis à jour, mais pas publié. %s") % sentence for sentence in error.messages]
    except PermissionDenied as denied:
        outcome.failed = True
        outcome.messages.append(str(denied) or _("Ce compte n’en a pas le droit."))
    except OSError as error:
        outcome.messages.append(_("le fichier ne peut pas être lu (%s).") % (error.strerror or error))
    return outcome


def _told(merged: Merged) -> list[str]:
    """A line for each conflict that nobody decided: where it is, and how the draft begins there."""
    shown = shown_conflicts(merged.open[:FEW], {}, titles_of(merged.version))
    more = len(merged.open) - len(shown)
    lines = [
        _("conflit, %(where)s, %(what)s : %(text)s")
        % {
            "where": row.where,
            "what": row.what.lower(),
            "text": Truncator(row.draft_text or row.before or "—").chars(60),
        }
        for row in shown
    ]
    return [*lines, _("et %d autres conflits.") % more] if more else lines
