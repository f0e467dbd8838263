"""Two versions of a text, side by side or woven into one, with what differs marked word by word."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

_PARAGRAPHS = re.compile(r"(\n{2,})")
_WORDS = re.compile(r"\s+|[^\s\w]|\w+")
MOST_WORDS = 3000
"""Words of one passage on either side that are compared one by one; a longer one is marked whole."""
MOST_PARAGRAPHS = 4000
_TOKENS = re.compile(r"\w+\s*|[^\w\s]\s*|\s+")
"""Words and signs with the blanks after them, which would else be the commonest word of all."""
LITTLE = 0.25
"""Share of words in common under which two texts are shown one after the other, not woven into each other."""


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


def in_line(before: str, after: str) -> SafeString:
    """HTML of one text with what was taken out and put in, in reading order: `del` and `ins`, both named for those who
    hear the page. Words are compared without regard to blanks; where little is left of a text, it is marked whole.
    """
    left, right = _TOKENS.findall(before), _TOKENS.findall(after)
    start, end = _common_ends(left, right)
    one, two = left[start : len(left) - end], right[start : len(right) - end]
    parts = [_plain(right[:start])]
    if max(len(one), len(two)) > MOST_WORDS:
        parts += [_named("del", one), _named("ins", two)]
    else:
        for same, old, new in _runs(one, two):
            parts += [_plain(new)] if same else [_named("del", old), _named("ins", new)]
    parts.append(_plain(right[len(right) - end :]))
    # Each piece was escaped when it was made.
    return mark_safe("".join(parts))  # noqa: S308


def _common_ends(left: list[str], right: list[str]) -> tuple[int, int]:
    most = min(len(left), len(right))
    start = next((n for n in range(most) if left[n].strip() != right[n].strip()), most)
    most -= start
    end = next((n for n in range(most) if left[-1 - n].strip() != right[-1 - n].strip()), most)
    return start, end


def _runs(left: list[str], right: list[str]) -> list[tuple[bool, list[str], list[str]]]:
    """Runs of tokens, equal or not. A lone word between two changes goes with them: nobody reads confetti."""
    keys = [token.strip() for token in left], [token.strip() for token in right]
    matcher = SequenceMatcher(None, *keys)
    if matcher.ratio() < LITTLE:
        return [(False, left, right)]
    runs: list[tuple[bool, list[str], list[str]]] = []
    codes = matcher.get_opcodes()
    for number, (tag, a, b, c, d) in enumerate(codes):
        same = tag == "equal" and not (b - a == 1 and 0 < number < len(codes) - 1)
        if runs and runs[-1][0] == same:
            runs[-1] = (same, runs[-1][1] + left[a:b], runs[-1][2] + right[c:d])
        else:
            runs.append((same, left[a:b], right[c:d]))
    return runs


def _plain(tokens: list[str]) -> str:
    return format_html("{}", "".join(tokens))


def _named(name: str, tokens: list[str]) -> str:
    text = "".join(tokens)
    if not text.strip():
        return text
    said = _("retiré") if name == "del" else _("ajouté")
    blank = text[len(text.rstrip()) :]
    return format_html(
        '<{0}><span class="visually-hidden">[{1}\u202f: </span>{2}<span class="visually-hidden">]</span></{0}>{3}',
        name,
        said,
        text.rstrip(),
        blank,
    )
