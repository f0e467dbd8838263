"""The operations on an outline: no level is skipped, no word is lost, undoing brings exactly back what was."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from theses.actions.describe_section import describe_section, renumber
from theses.actions.move_section import STEPS, move_section, step_section
from theses.actions.outline import OutlineChanged
from theses.actions.reshape_section import (
    add_section,
    breaks,
    delete_section,
    merge_section,
    paragraphs,
    split_section,
)
from theses.actions.undo import redo, undo
from theses.models import Change, Document, Section
from theses.numbering import proposed_numbers, roman
from theses.plan import DEEPEST, Row, load_plan, positioned
from theses.tests.building import section, words
from theses.tests.conftest import user_with

pytestmark = pytest.mark.django_db

RIGHTS = ("change_section", "add_section", "delete_section")


@pytest.fixture
def editor(db: None) -> User:
    return user_with("eva", *RIGHTS)


@pytest.fixture
def work(db: None) -> Document:
    """a (a1 (a11), a2), b (b1), c; each with two paragraphs."""
    return build([("a", 1), ("a1", 2), ("a11", 3), ("a2", 2), ("b", 1), ("b1", 2), ("c", 1)])


def build(rows: list[tuple[str, int]]) -> Document:
    document = Document.objects.create(title="Plan", slug="plan")
    Section.objects.bulk_create(
        section(position, (depth,), slug=slug, body=f"Un {slug}.\n\nDeux {slug}.", document=document)
        for position, (slug, depth) in enumerate(rows, start=1)
    )
    return document


def shape(document: Document) -> str:
    return " ".join(f"{row.slug}{row.depth}" for row in document.sections.order_by("position", "pk"))


def key(document: Document, slug: str) -> int:
    return document.sections.get(slug=slug).pk


@pytest.mark.parametrize(
    ("slug", "step", "expected"),
    [
        ("b", "up", "b1 b12 a1 a12 a113 a22 c1"),
        ("a", "down", "b1 b12 a1 a12 a113 a22 c1"),
        ("a1", "down", "a1 a22 a12 a113 b1 b12 c1"),
        ("c", "up", "a1 a12 a113 a22 c1 b1 b12"),
        ("b", "deeper", "a1 a12 a113 a22 b2 b13 c1"),
        ("a1", "shallower", "a1 a11 a112 a22 b1 b12 c1"),
    ],
)
def test_a_section_steps_with_what_is_under_it(
    work: Document, editor: User, slug: str, step: str, expected: str
) -> None:
    before = shape(work)
    step_section(document=work, user=editor, section=key(work, slug), step=step, version=load_plan(work).version)
    assert shape(work) == expected
    undo(document=work, user=editor)
    assert shape(work) == before
    redo(document=work, user=editor)
    assert shape(work) == expected


@pytest.mark.parametrize(
    ("slug", "step"), [("a", "up"), ("a1", "up"), ("c", "down"), ("a2", "down"), ("a", "shallower"), ("a11", "deeper")]
)
def test_a_step_that_cannot_be_is_refused_with_a_sentence(work: Document, editor: User, slug: str, step: str) -> None:
    before = shape(work)
    with pytest.raises(ValidationError):
        step_section(document=work, user=editor, section=key(work, slug), step=step, version=None)
    assert shape(work) == before
    assert not Change.objects.exists()


@pytest.mark.parametrize(
    ("slug", "before", "depth", "expected"),
    [
        ("c", "a2", 1, "a1 a12 a113 c1 a22 b1 b12"),
        ("c", "a11", 1, "a1 a12 c2 a113 a22 b1 b12"),
        ("a1", None, 9, "a1 a22 b1 b12 c1 a12 a113"),
        ("b1", "a", 4, "b11 a1 a12 a113 a22 b1 c1"),
    ],
)
def test_a_section_moves_anywhere_to_the_level_that_fits(
    work: Document, editor: User, slug: str, before: str | None, depth: int, expected: str
) -> None:
    target = key(work, before) if before else None
    move_section(document=work, user=editor, section=key(work, slug), before=target, depth=depth, version=None)
    assert shape(work) == expected


def test_a_section_does_not_move_under_itself(work: Document, editor: User) -> None:
    with pytest.raises(ValidationError):
        move_section(document=work, user=editor, section=key(work, "a"), before=key(work, "a2"), version=None)


def test_a_move_writes_the_rows_that_moved_alone(work: Document, editor: User) -> None:
    step_section(document=work, user=editor, section=key(work, "c"), step="up", version=None)
    change = Change.objects.get()
    assert set(Section.history.filter(history_date=change.moment).values_list("slug", flat=True)) == {"b", "b1", "c"}


def test_a_section_is_cut_and_joined_again_without_losing_a_word(work: Document, editor: User) -> None:
    row = work.sections.get(slug="a1")
    split_section(
        document=work,
        user=editor,
        section=row.pk,
        paragraph=1,
        title="Neuve",
        version=row.updated_at.isoformat(),
    )
    assert shape(work) == "a1 a12 neuve2 a113 a22 b1 b12 c1"
    assert [work.sections.get(slug=slug).body for slug in ("a1", "neuve")] == ["Un a1.", "Deux a1."]
    Section.objects.filter(slug="c").update(body="Voir [là](section:neuve).")
    merge_section(document=work, user=editor, section=key(work, "neuve"), version=load_plan(work).version)
    assert shape(work) == "a1 a12 a113 a22 b1 b12 c1"
    assert work.sections.get(slug="a1").body == "Un a1.\n\nNeuve\n\nDeux a1."
    assert work.sections.get(slug="c").body == "Voir [là](section:a1)."
    undo(document=work, user=editor)
    assert work.sections.get(slug="c").body == "Voir [là](section:neuve)."
    undo(document=work, user=editor)
    assert work.sections.get(slug="a1").body == row.body


def test_a_text_that_changed_since_is_not_cut(work: Document, editor: User) -> None:
    with pytest.raises(ValidationError):
        split_section(document=work, user=editor, section=key(work, "a"), paragraph=1, title="Neuve", version="autre")
    assert work.sections.count() == 7


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Un.\n\nDeux.\n \n\nTrois.", ["Un.", "Deux.", "Trois."]),
        ("```\na\n\nb\n```\n\nDeux.", ["```\na\n\nb\n```", "Deux."]),
        ("~~~~\n```\n\n~~~~\n\nDeux.", ["~~~~\n```\n\n~~~~", "Deux."]),
        ("Un.\n\n    du code", ["Un.", "    du code"]),
        ("", [""]),
        ("\n\nUn.\n\n", ["\n\nUn.\n\n"]),
    ],
)
def test_a_text_is_cut_between_its_blocks(body: str, expected: list[str]) -> None:
    assert paragraphs(body) == expected
    assert len(breaks(body)) == len(expected) - 1


def test_what_stood_under_a_deleted_heading_stays_and_skips_no_level(work: Document, editor: User) -> None:
    delete_section(document=work, user=editor, section=key(work, "a1"), version=None)
    assert shape(work) == "a1 a112 a22 b1 b12 c1"
    delete_section(document=work, user=editor, section=key(work, "a"), version=None)
    assert shape(work) == "a111 a21 b1 b12 c1"
    undo(document=work, user=editor)
    undo(document=work, user=editor)
    assert shape(work) == "a1 a12 a113 a22 b1 b12 c1"
    assert work.sections.get(slug="a").body == "Un a.\n\nDeux a."


def test_a_section_is_added_after_another_and_what_is_under_it(work: Document, editor: User) -> None:
    add_section(document=work, user=editor, after=key(work, "a"), title=" C  ", version=load_plan(work).version)
    assert shape(work) == "a1 a12 a113 a22 c-21 b1 b12 c1"
    with pytest.raises(ValidationError):
        add_section(document=work, user=editor, after=None, title="  ", version=None)


def test_a_section_is_described(work: Document, editor: User) -> None:
    values = {"title": "Alpha", "number": "1", "kind": "chapter", "starts_page": True}
    describe_section(document=work, user=editor, section=key(work, "a"), values=values, version=None)
    row = work.sections.get(slug="a")
    assert (row.title, row.number, row.kind, row.starts_page) == ("Alpha", "1", "chapter", True)
    with pytest.raises(ValidationError):
        describe_section(document=work, user=editor, section=row.pk, values={"kind": "tome"}, version=None)


def test_the_second_of_two_editors_is_told_and_nothing_is_lost(work: Document, editor: User) -> None:
    version = load_plan(work).version
    step_section(document=work, user=editor, section=key(work, "c"), step="up", version=version)
    with pytest.raises(OutlineChanged):
        step_section(document=work, user=editor, section=key(work, "b"), step="up", version=version)
    assert shape(work) == "a1 a12 a113 a22 c1 b1 b12"


def test_a_text_that_is_written_meanwhile_does_not_stop_a_move(work: Document, editor: User) -> None:
    version = load_plan(work).version
    Section.objects.filter(slug="a").update(body="Autre chose.")
    step_section(document=work, user=editor, section=key(work, "c"), step="up", version=version)
    assert work.sections.get(slug="a").body == "Autre chose."


@pytest.mark.parametrize(
    "act",
    [
        lambda **who: step_section(step="up", section=1, version=None, **who),
        lambda **who: move_section(section=1, before=None, version=None, **who),
        lambda **who: add_section(after=None, title="T", version=None, **who),
        lambda **who: split_section(section=1, paragraph=1, title="T", version=None, **who),
        lambda **who: merge_section(section=1, version=None, **who),
        lambda **who: delete_section(section=1, version=None, **who),
        lambda **who: describe_section(section=1, values={}, version=None, **who),
        lambda **who: renumber(version=None, **who),
        lambda **who: undo(**who),
        lambda **who: redo(**who),
    ],
)
def test_each_action_asks_for_the_right_first(work: Document, act: Callable[..., Any]) -> None:
    with pytest.raises(PermissionDenied):
        act(document=work, user=user_with("lea", "view_section"))


# Numbers -------------------------------------------------------------------------------------------------------------


def test_numbers_follow_the_outline() -> None:
    rows = [
        Row(n, n, depth, kind=kind)
        for n, (depth, kind) in enumerate(
            [
                *((1, "introduction"), (2, "section"), (1, "part"), (2, "chapter"), (3, "section"), (3, "section")),
                *((4, "section"), (2, "chapter"), (1, "part"), (2, "chapter"), (3, "section"), (1, "annex")),
            ],
            start=1,
        )
    ]
    assert [number for _row, number in proposed_numbers(rows)] == [
        *("", "", "Partie I", "1", "1.1", "1.2", "1.2.1", "2", "Partie II", "3", "3.1", ""),
    ]
    assert [roman(number) for number in (1, 4, 9, 14, 40, 99)] == ["I", "IV", "IX", "XIV", "XL", "XCIX"]


def test_numbers_are_given_in_one_undoable_act(work: Document, editor: User) -> None:
    renumber(document=work, user=editor, version=load_plan(work).version)
    assert [row.number for row in work.sections.all()] == ["1", "1.1", "1.1.1", "1.2", "2", "2.1", "3"]
    with pytest.raises(ValidationError):
        renumber(document=work, user=editor, version=None)
    undo(document=work, user=editor)
    assert {row.number for row in work.sections.all()} == {""}


# Any sequence --------------------------------------------------------------------------------------------------------


@given(st.lists(st.integers(0, 5000), max_size=30))
def test_positions_say_the_order(places: list[int]) -> None:
    rows = positioned([Row(n, place, 1) for n, place in enumerate(places, start=1)]) if places else []
    positions = [row.position for row in rows]
    assert [row.pk for row in rows] == list(range(1, len(places) + 1))
    assert all(one < other for one, other in zip([0, *positions], positions, strict=False))


VERBS = st.sampled_from([*STEPS, "move", "split", "merge", "delete", "add", "undo", "redo"])


class AnySequence(TestCase):
    @settings(max_examples=40)
    @given(st.lists(st.tuples(VERBS, st.integers(0, 30), st.integers(0, 30)), min_size=1, max_size=12))
    def test_keeps_order_levels_and_words_and_is_undone_exactly(self, acts: list[tuple[str, int, int]]) -> None:
        work = build([("a", 1), ("a1", 2), ("a11", 3), ("a2", 2), ("b", 1), ("b1", 2), ("c", 1)])
        user = User.objects.create_superuser("eva", password=None)
        states = [whole(work)]
        for verb, first, second in acts:
            rows = load_plan(work).rows
            if not rows:
                break
            one, other = rows[first % len(rows)], rows[second % len(rows)]
            text = spoken(work)
            deleted = Counter(work.sections.get(pk=one.pk).body.split())
            try:
                perform(work, user, verb, one.pk, other.pk, second % 5)
            except ValidationError:
                assert whole(work) == states[-1]
                continue
            depths = [row.depth for row in load_plan(work).rows]
            assert not depths or depths[0] == 1
            assert all(1 <= below <= above + 1 <= DEEPEST + 1 for above, below in itertools.pairwise(depths))
            positions = [row.position for row in load_plan(work).rows]
            assert len(set(positions)) == len(positions)
            if verb not in {"undo", "redo"}:
                assert not text - spoken(work) - (deleted if verb == "delete" else Counter())
            states.append(whole(work))
        start = states[0]
        while Change.objects.filter(done=True).exists():
            undo(document=work, user=user)
        assert whole(work) == start


def perform(work: Document, user: User, verb: str, one: int, other: int, number: int) -> None:
    who: dict[str, Any] = {"document": work, "user": user}
    if verb in STEPS:
        step_section(section=one, step=verb, version=load_plan(work).version, **who)
    elif verb == "move":
        move_section(section=one, before=other, depth=number, version=None, **who)
    elif verb == "split":
        split_section(section=one, paragraph=number, title=words(2, f"neuf{number}x"), version=None, **who)
    elif verb == "merge":
        merge_section(section=one, version=None, **who)
    elif verb == "delete":
        delete_section(section=one, version=None, **who)
    elif verb == "add":
        add_section(after=one, title="Ajout", version=None, **who)
    else:
        (undo if verb == "undo" else redo)(**who)


def whole(document: Document) -> list[tuple[Any, ...]]:
    fields = ("pk", "position", "depth", "title", "slug", "body", "number", "kind")
    return list(document.sections.order_by("position", "pk").values_list(*fields))


def spoken(document: Document) -> Counter[str]:
    return Counter(" ".join(document.sections.values_list("body", flat=True)).split())
