"""What pages say about a text, in words."""

from __future__ import annotations

import pytest

from publishing.templatetags.reading import duration, plain


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (0, "1\u202fmin"),
        (12, "12\u202fmin"),
        (59.6, "1\u202fh"),
        (60, "1\u202fh"),
        (65, "1\u202fh\u202f05"),
        (210, "3\u202fh\u202f30"),
        (None, ""),
        ("", ""),
        ("douze", ""),
    ],
)
def test_duration(minutes: object, said: str) -> None:
    assert duration(minutes) == said


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("<p>Un.</p><p>Deux.</p>", "Un. Deux."),
        ("<ul><li>a</li><li>b</li></ul>", "a b"),
        ("<p>R&amp;D &lt;ici&gt;</p>", "R&D <ici>"),
        ("Un mo<em>t</em> coupé", "Un mot coupé"),
        ("Vraiment\u202f?", "Vraiment\u202f?"),
        (None, ""),
    ],
)
def test_plain(markup: object, words: str) -> None:
    assert plain(markup) == words
