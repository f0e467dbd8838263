"""Titles between quotation marks, which close late: apostrophes and inner quotations look like the closing mark.

before: 'L'essai dit « de l'atelier »,' Revue, 3 May | « Un « beau » titre », Revue | "Titre". Revue
after:  the title without its marks, and what stands after it
"""

from __future__ import annotations

import re

_PAIRS = {"«": "»", "“": "”", "„": "“", "ʻ": "ʼ"}
_SINGLE_CLOSERS = (
    re.compile(r"[,.?!…]\s?['’](?=\s|$|[\ue000-\uf8ff.,;)])"),
    re.compile(r"(?<=[^\s])['’](?=[.,;:)]|\s?[(\[\ue000-\uf8ff]|\s*$)"),
    re.compile(r"(?<=[^\s])['’](?=\s[A-ZÀ-Þ])"),
)
_DOUBLE_CLOSER = re.compile(r"[\"”″](?=[\s.,;:)\]]|$|[\ue000-\uf8ff])|''(?=[\s.,;]|$)")


def opening(text: str) -> str:
    """The quotation mark a text opens with, or an empty string."""
    if text[:2] in ("''", "``", "<<"):
        return text[:2]
    return text[:1] if text[:1] in "«“„\"‘'’″ʻ" and text[:1] else ""


def take_quoted(text: str) -> tuple[str, str] | None:
    """Split a text that opens with a quotation mark into what is quoted and what follows; None if it never closes."""
    mark = opening(text)
    if not mark:
        return None
    body = text[len(mark) :]
    end = -1
    width = 1
    if mark == "<<":
        end, width = body.find(">>"), 2
    elif mark in _PAIRS:
        end = _balanced(body, mark, _PAIRS[mark])
        if end < 0 and mark == "“":
            end = min((i for i in (body.find('"'), body.find("“")) if i > 0), default=-1)
    elif mark in ('"', "″", "''", "``"):
        match = _double(body)
        if match and re.match(r"\s?:\s[^\"]{4,300}\"\s?[,.]", body[match.end() :]):
            # "Une citation" : et la suite du titre", Revue: three marks, of which the last closes.
            match = next(m for m in re.finditer(r"\"", body) if m.start() > match.end())
        if match:
            end, width = match.start(), len(match[0])
    else:
        match = _single(body)
        if match:
            end, width = match.start(), len(match[0])
            if body[end] in "?!…":
                end, width = end + 1, width - 1
    if end < 1:
        return None
    return body[:end].strip(" ,;"), body[end + width :]


def _balanced(body: str, mark: str, closing: str) -> int:
    depth = 1
    last = -1
    for i, char in enumerate(body):
        if char == mark:
            depth += 1
        elif char == closing:
            depth -= 1
            last = i
            if depth == 0:
                return i
    # More opened than closed: the last closing mark is the title's.
    return last


def _double(body: str) -> re.Match[str] | None:
    """The closing straight mark: the first that stands before a blank or a mark and leaves pairs inside."""
    first = None
    inside = 0
    for match in re.finditer(r"[\"”″]|''", body):
        before, after = body[: match.start()][-1:], body[match.end() : match.end() + 1]
        opens = (not before or before in " («") and after not in ("", " ", ".", ",")
        if opens:
            inside += 1
            continue
        if inside:
            inside -= 1
            first = match
            continue
        return match
    return first


def _single(body: str) -> re.Match[str] | None:
    """The closing mark of a title between single quotes: the last one after a comma, else the first that can close."""
    limit = body.find("\ue000")
    window = body if limit < 0 else body[:limit]
    found = list(_SINGLE_CLOSERS[0].finditer(window))
    if found:
        return found[-1]
    for pattern in _SINGLE_CLOSERS[1:]:
        match = pattern.search(window)
        if match:
            return match
    return None
