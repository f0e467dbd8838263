"""Two versions of a text side by side, with what differs marked word by word."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

_PARAGRAPHS = re.compile(r"(\n{2,})")
_WORDS = re.compile(r"\s+|[^\s\w]|\w+")
MOST_WORDS = 3000
"""Words of one passage on either side that are compared one by one; a longer one is marked whole."""
MOST_PARAGRAPHS = 4000


def side_by_side(mine: str, theirs: str) -> tuple[SafeString, SafeString]:
    """HTML of both: `ins` around what only the first has, `del` around what only the second has."""
    left, right = [_PARAGRAPHS.split(text.replace("\r\n", "\n")) for text in (mine, theirs)]
    if max(len(left), len(right)) > MOST_PARAGRAPHS:
        return format_html("<ins>{}</ins>", mine), format_html("<del>{}</del>", theirs)
    out: tuple[list[str], list[str]] = ([], [])
    for tag, a, b, c, d in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        one, two = "".join(left[a:b]), "".join(right[c:d])
        if tag == "equal":
            _add(out, format_html("{}", one), format_html("{}", two))
        else:
            _add(out, *_by_words(one, two))
    # Each piece was escaped when it was made.
    return mark_safe("".join(out[0])), mark_safe("".join(out[1]))  # noqa: S308


def _by_words(one: str, two: str) -> tuple[str, str]:
    left, right = _WORDS.findall(one), _WORDS.findall(two)
    if max(len(left), len(right)) > MOST_WORDS:
        return _marked("ins", one), _marked("del", two)
    out: tuple[list[str], list[str]] = ([], [])
    for tag, a, b, c, d in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        mine, theirs = "".join(left[a:b]), "".join(right[c:d])
        if tag == "equal":
            _add(out, format_html("{}", mine), format_html("{}", theirs))
        else:
            _add(out, _marked("ins", mine), _marked("del", theirs))
    return "".join(out[0]), "".join(out[1])


def _marked(name: str, text: str) -> str:
    return format_html("<{0}>{1}</{0}>", name, text) if text else ""


def _add(out: tuple[list[str], list[str]], one: str, two: str) -> None:
    out[0].append(one)
    out[1].append(two)
