"""Reading a query: words, phrases, excluded words, and anything else that may be typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.results import MOST_WORDS, parse


@pytest.mark.parametrize(
    ("text", "found", "phrases", "excluded"),
    [
        ("IA générative", ("IA", "générative"), (), ()),
        ('"droit d’auteur" image', ("image",), ("droit d’auteur",), ()),
        ("«\u202fdroit d’auteur\u202f»", (), ("\u202fdroit d’auteur\u202f",), ()),
        ("édition -papier", ("édition",), (), ("papier",)),
        ('édition -"sur papier"', ("édition",), (), ("sur papier",)),
        ("e-commerce", ("e-commerce",), (), ()),
        ('sans "fin', ("sans", "fin"), (), ()),
        ("? ! ...", (), (), ()),
        ("", (), (), ()),
    ],
)
def test_parse(text: str, found: tuple[str, ...], phrases: tuple[str, ...], excluded: tuple[str, ...]) -> None:
    query = parse(text)
    assert (query.words, query.phrases, query.excluded) == (found, phrases, excluded)


@given(st.text(max_size=2000))
def test_any_text_is_a_bounded_query(text: str) -> None:
    query = parse(text)
    assert len(query.words) + len(query.phrases) <= MOST_WORDS
    assert len(query.text) <= 300
