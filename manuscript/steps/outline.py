"""Give each heading its depth."""

from __future__ import annotations

from manuscript.draft import Draft
from manuscript.wording import fold, plain


def outline(draft: Draft) -> None:
    """Depth by count of `#`, without gaps."""
    stack: list[int] = []
    headings = [piece for piece in draft.pieces if piece.kind == "heading"]
    title = draft.metadata.get("title")
    if headings and title and fold(plain(headings[0].text)) == fold(title):
        headings[0].kind = "metadata"
        headings = headings[1:]
    elif headings and not title:
        tops = [piece for piece in headings if piece.level == min(p.level for p in headings)]
        if len(tops) == 1 and tops[0] is headings[0]:
            draft.metadata["title"] = plain(headings[0].text)
            headings[0].kind = "metadata"
            headings = headings[1:]
    for piece in headings:
        while stack and stack[-1] >= piece.level:
            stack.pop()
        stack.append(piece.level)
        piece.facts["depth"] = len(stack)
