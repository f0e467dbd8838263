"""A list or a table that both sides changed, each in other lines, is no conflict: its lines are merged.

before "- un\\n- deux", source "- un\\n- deux, corrigé", draft "- un, rédigé\\n- deux"
->  "- un, rédigé\\n- deux, corrigé"
"""

from __future__ import annotations

import re

from imports.merging.passages import align, likeness

_ROW = re.compile(r"\s*(?:[-*+]\s|\d{1,4}[.)]\s|\|)")
TWICE = 0.6
"""Share of words from which two added lines are two wordings of one."""


def woven(before: str, now: str, draft: str) -> str | None:
    """The lines of a list or table merged; None for another passage, or where both sides changed one line."""
    olds, news, mine = (text.split("\n") for text in (before, now, draft))
    if not all(len(rows) > 1 and _ROW.match(rows[0]) and _ROW.match(rows[-1]) for rows in (olds, news, mine)):
        return None
    to_new, to_mine = align(olds, news), align(olds, mine)
    old_of = {j: i for i, j in to_mine.items()}
    rows: list[tuple[str, int | None]] = []
    """Lines of the result, each with its line of the source now."""
    for j, line in enumerate(mine):
        i = old_of.get(j)
        if i is None:
            rows.append((line, None))
            continue
        new = to_new.get(i)
        text = _three(olds[i], news[new] if new is not None else None, line)
        if text is None:
            return None
        rows.append((text, new))
    if any(i not in to_mine and i in to_new and news[to_new[i]] != line for i, line in enumerate(olds)):
        return None
    kept = set(to_new.values())
    own = [line for j, line in enumerate(mine) if j not in old_of]
    for j, line in enumerate(news):
        if j in kept or line in own:
            continue
        if any(likeness(line, other) >= TWICE for other in own):
            return None
        at = max((place for place, (_, new) in enumerate(rows) if new is not None and new < j), default=-1)
        rows.insert(at + 1, (line, j))
    return "\n".join(text for text, _ in rows if text)


def _three(before: str, now: str | None, draft: str) -> str | None:
    """The line, empty where it goes; None where both sides changed it."""
    if now == before:
        return draft
    if draft == before:
        return now or ""
    return draft if draft == now else None
