"""Tie three versions of a work together: which part, row and note of one is which of the other, under one name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from imports.merging.matching import match_parts, match_rows
from imports.merging.model import Part, Version
from imports.merging.names import Names, free_names, notes_of, renamed, same_notes, through

SLUG_LENGTH = 200


@dataclass(frozen=True, slots=True)
class Tied:
    """Before and now with the names of the draft, and who is who. Indexes are those of the versions' parts."""

    before: Version
    now: Version
    draft: Version
    old_of: Mapping[int, int]
    """Part of the draft to the part before."""
    old_of_new: Mapping[int, int]
    """Part of the source now to the part before."""
    added_alike: Mapping[int, int]
    """Part of the source now to the part of the draft, where both added it."""


def tied(before: Version, now: Version, draft: Version) -> Tied:
    old_new = match_parts(before.parts, now.parts)
    old_draft = match_parts(before.parts, draft.parts)
    added = _added(now.parts, set(old_new.values()), draft.parts, set(old_draft.values()))
    to_draft = {before.parts[old].slug: draft.parts[mine].slug for old, mine in old_draft.items()}
    from_new = {now.parts[new].slug: before.parts[old].slug for old, new in old_new.items()}
    sections = {slug: to_draft.get(old, old) for slug, old in from_new.items()}
    sections |= {now.parts[new].slug: draft.parts[mine].slug for new, mine in added.items()}
    fresh = [part.slug for part in now.parts if part.slug not in sections]
    taken = [part.slug for part in draft.parts] + list(sections.values())
    sections |= free_names(fresh, taken, SLUG_LENGTH)
    names_before, names_now = _rows(before, now, draft)
    notes_before, notes_now = _notes(before, now, draft)
    return Tied(
        before=renamed(before, Names(notes_before, to_draft, **names_before)),
        now=renamed(now, Names(notes_now, sections, **names_now)),
        draft=draft,
        old_of={mine: old for old, mine in old_draft.items()},
        old_of_new={new: old for old, new in old_new.items()},
        added_alike=added,
    )


def _added(
    now: tuple[Part, ...], known_now: set[int], draft: tuple[Part, ...], known_draft: set[int]
) -> dict[int, int]:
    new = [index for index in range(len(now)) if index not in known_now]
    mine = [index for index in range(len(draft)) if index not in known_draft]
    pairs = match_parts([now[index] for index in new], [draft[index] for index in mine])
    return {new[one]: mine[other] for one, other in pairs.items()}


def _rows(before: Version, now: Version, draft: Version) -> tuple[dict[str, dict[str, str]], dict[str, dict[str, str]]]:
    names_before: dict[str, dict[str, str]] = {}
    names_now: dict[str, dict[str, str]] = {}
    for kind, name in (("figures", "figure"), ("entries", "cite")):
        olds, news, mine = (version.rows.get(kind, ()) for version in (before, now, draft))
        to_draft = {olds[old].key: mine[other].key for old, other in match_rows(olds, mine).items()}
        to_old = {news[new].key: olds[old].key for old, new in match_rows(olds, news).items()}
        keys = {key: to_draft.get(old, old) for key, old in to_old.items()}
        fresh = [row for row in news if row.key not in keys]
        taken = [row.key for row in mine] + list(keys.values())
        left = [row for row in mine if row.key not in to_draft.values()]
        alike = {fresh[one].key: left[other].key for one, other in match_rows(fresh, left).items()}
        keys |= alike
        keys |= free_names([row.key for row in fresh if row.key not in alike], taken)
        names_before[name], names_now[name] = to_draft, keys
    return names_before, names_now


def _notes(before: Version, now: Version, draft: Version) -> tuple[dict[str, str], dict[str, str]]:
    olds, news, mine = (notes_of(version) for version in (before, now, draft))
    to_draft = same_notes(olds, mine)
    to_old = same_notes(news, olds)
    keys = {label: to_draft.get(old, old) for label, old in to_old.items()}
    taken = [label for label, _ in mine] + list(keys.values())
    keys |= free_names([label for label, _ in news if label not in keys], taken, 50)
    # Their order in the text: a label that both sides gave a new note is not that of one note.
    return through(to_draft, {value: value for value in to_draft.values()}), keys
