"""What an editor should mend before a work is published: the remarks, and who else makes some.

Rooms register what they know when the site starts, as checks of Django are registered: `theses` and `articles` how a
work of theirs is looked at, the rooms above them what those cannot know, such as findings left from an import.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from publishing.models import Publication


class Level(StrEnum):
    BLOCKING = "blocking"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Remark:
    code: str
    sentence: str
    level: Level = Level.WARNING
    place: str = ""
    """The title of the section or the part that it is about."""
    address: str = ""
    """Where in the admin it is mended."""

    @property
    def before_colon(self) -> str:
        """The place, without the colon that some headings end in."""
        return self.place.rstrip(" \u00a0\u202f:")


@dataclass(frozen=True, slots=True)
class SiteLink:
    """A link of the draft to a path of this site."""

    path: str
    place: str
    address: str


@dataclass(frozen=True, slots=True)
class Group:
    """The remarks of one code."""

    code: str
    remarks: list[Remark]

    SHOWN = 5

    @property
    def shown(self) -> list[Remark]:
        return self.remarks[: self.SHOWN]

    @property
    def folded(self) -> list[Remark]:
        return self.remarks[self.SHOWN :]


@dataclass(slots=True)
class Report:
    remarks: list[Remark]
    links: list[SiteLink] = field(default_factory=list)
    """Given to the registered checks."""

    @property
    def blocking(self) -> list[Group]:
        return self._groups(Level.BLOCKING)

    @property
    def warnings(self) -> list[Group]:
        return self._groups(Level.WARNING)

    @property
    def blocks(self) -> bool:
        return any(remark.level == Level.BLOCKING for remark in self.remarks)

    @property
    def summary(self) -> str:
        blocking = sum(remark.level == Level.BLOCKING for remark in self.remarks)
        counts = (
            (blocking, ngettext("%d point à corriger", "%d points à corriger", blocking)),
            (
                len(self.remarks) - blocking,
                ngettext("%d point à vérifier", "%d points à vérifier", len(self.remarks) - blocking),
            ),
        )
        return ", ".join(words % count for count, words in counts if count)

    def _groups(self, level: Level) -> list[Group]:
        """In the order in which their first remarks were made."""
        groups: dict[str, list[Remark]] = {}
        for remark in self.remarks:
            if remark.level == level:
                groups.setdefault(remark.code, []).append(remark)
        return [Group(code, remarks) for code, remarks in groups.items()]


Check = Callable[[Publication, list[SiteLink]], Iterable[Remark]]

_kinds: dict[type[Publication], Callable[[Any], Report]] = {}
_more: list[Check] = []


def register_kind(kind: type[Publication], look: Callable[[Any], Report]) -> None:
    """Have `look` report about the works of this kind."""
    _kinds[kind] = look


def register(check: Check) -> None:
    """Have `check` add its remarks about every work."""
    if check not in _more:
        _more.append(check)


def report(work: Publication) -> Report:
    """Everything that an editor should mend. Renders the whole work."""
    return _kinds[type(work)](work)


def completed(work: Publication, report: Report) -> Report:
    """The report with what the registered checks add."""
    more = [remark for check in _more for remark in check(work, report.links)]
    return Report([*report.remarks, *more], report.links)


def notice_remarks(work: Publication, address: str, *, has_author: bool) -> Iterator[Remark]:
    """What the notice of any work lacks."""
    place = _("Notice")
    if not work.title.strip():
        yield Remark("title-missing", _("Le titre manque."), Level.BLOCKING, place, f"{address}#id_title")
    if not work.ai_level:
        yield Remark(
            "ai-unanswered",
            _("L’usage de l’intelligence artificielle n’est pas dit."),
            Level.BLOCKING,
            place,
            f"{address}#id_ai_level",
        )
    if work.date is None:
        yield Remark("date-missing", _("La date du texte manque."), Level.WARNING, place, f"{address}#id_date")
    if not has_author:
        yield Remark(
            "author-missing", _("Personne n’est nommé."), Level.WARNING, place, f"{address}#contributions-group"
        )


OWN_PATH = re.compile(r"\]\((/[^)\s/][^)\s]{0,500})\)")
"""A link to a path of this site, in Markdown."""


def site_paths(body: str, own: str) -> list[str]:
    """The paths of this site that a text links to, each once, without those of the work itself, at `own`."""
    return [path for path in dict.fromkeys(OWN_PATH.findall(body)) if not path.startswith(own)]


INDISPENSABLE = frozenset({"text-missing", "title-missing"})
"""Without these there is nothing to publish, whoever asks for it."""
BROKEN = frozenset(
    {
        *("anchor-unknown", "figure-unknown", "table-unknown", "section-unknown", "page-unknown", "cite-unknown"),
        *("note-without-text", "note-twice", "renderer-failed"),
    }
)
"""Problems of a rendered text over which readers would stumble; the other problems are warnings."""


REFUSED_SHOWN = 8
"""Reasons that a refusal tells; the screen of the check has all."""


def level_of(problem: str) -> Level:
    return Level.BLOCKING if problem in BROKEN else Level.WARNING


def refuse(remarks: Iterable[Remark], *, strict: bool) -> None:
    """Raises ValidationError with the sentences of what forbids publication.

    A person is asked to mend whatever blocks. A command that publishes many works at once, `strict` false, is refused
    only what could not be published at all.
    """
    found = [
        remark for remark in remarks if remark.level == Level.BLOCKING and (strict or remark.code in INDISPENSABLE)
    ]
    if found:
        shown = [
            f"{remark.before_colon}\u202f: {remark.sentence}" if remark.place else remark.sentence for remark in found
        ]
        more = len(shown) - REFUSED_SHOWN
        if more > 0:
            shown = [*shown[:REFUSED_SHOWN], ngettext("Et %d autre point.", "Et %d autres points.", more) % more]
        raise ValidationError(shown)
