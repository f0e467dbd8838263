"""A source changed in many places over a draft edited in many: nothing is lost, and only what both changed is asked."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from imports.merging import Choice, Merged, Part, Row, Version, merge
from imports.merging.passages import align, join, split

WORDS = ["terre", "eau", "graine", "outil", "saison", "champ", "rivière", "moulin", "semis", "récolte"]
WORDS += ["grange", "verger", "haie", "puits", "sentier"]


def passage(number: int) -> str:
    """Twelve words that no other passage has in this order."""
    return f"Passage {number}. " + " ".join(WORDS[(number * 7 + k * (1 + number % 5)) % 15] for k in range(12)) + "."


def part(slug: str, *passages: str, depth: int = 1, **facts: Any) -> Part:
    return Part(slug, {"title": slug.capitalize(), "number": "", "depth": depth, "kind": "section", **facts}, passages)


def work(*parts: Part, lead: tuple[str, ...] = (), **rows: tuple[Row, ...]) -> Version:
    return Version({"title": "Le verger"}, lead, parts, rows)


def texts(merged: Merged) -> list[str]:
    return [text for part in merged.version.parts for text in part.passages]


def slugs(merged: Merged) -> list[str]:
    return [part.slug for part in merged.version.parts]


# The acceptance of the issue: 20 places, 20 places, 5 of them the same.

COUNT = 60
SECTIONS = 6
Change = str


def document(texts: list[list[str]]) -> Version:
    """Sections of ten places each; a place holds no, one or two passages."""
    size = COUNT // SECTIONS
    return work(
        *(
            part(f"section-{n}", *(text for place in texts[n * size : (n + 1) * size] for text in place))
            for n in range(SECTIONS)
        )
    )


def changed(places: dict[int, Change], who: str) -> list[list[str]]:
    out = []
    for number in range(COUNT):
        own = passage(number)
        what = places.get(number)
        if what == "edit":
            out.append([f"{own} Ajout {who} {number}."])
        elif what == "rewrite":
            out.append([f"{who} {number} {who}-{number}"])
        elif what == "delete":
            out.append([])
        elif what == "insert":
            out.append([own, f"Nouveau {who} {number} : {who} {number} {who}."])
        else:
            out.append([own])
    return out


@st.composite
def both_sides(draw: st.DrawFn) -> tuple[dict[int, Change], dict[int, Change]]:
    places = draw(st.permutations(range(COUNT)))
    what = st.sampled_from(["edit", "edit", "edit", "delete", "insert"])
    source = {place: draw(what) for place in places[:20]}
    draft = {place: draw(what) for place in places[15:35]}
    for side in (source, draft):
        for place, change in side.items():
            if change == "insert" and side.get(place + 1) == "delete":
                # A passage more and one less at one place is a passage that was written anew.
                side[place] = "edit"
    return source, draft


def asked(source: Change | None, draft: Change | None) -> bool:
    return {source, draft} == {"edit"} or {source, draft} == {"edit", "delete"}


@settings(max_examples=80, deadline=None)
@given(both_sides())
@example(({42: "delete", 43: "insert"}, {43: "delete", 41: "insert"}))
def test_no_edit_and_no_change_is_lost_and_exactly_the_conflicts_are_shown(
    sides: tuple[dict[int, Change], dict[int, Change]],
) -> None:
    source, draft = sides
    olds, news, mine = changed({}, ""), changed(source, "source"), changed(draft, "rédaction")
    merged = merge(document(olds), document(news), document(mine))
    disputed = [n for n in range(COUNT) if asked(source.get(n), draft.get(n))]
    shown = sorted((row.before, row.now, row.draft) for row in merged.conflicts)
    assert shown == sorted(
        (olds[n][0], news[n][0] if news[n] else None, mine[n][0] if mine[n] else None) for n in disputed
    )
    assert merged.open == merged.conflicts
    expected: list[set[str]] = []
    for n in range(COUNT):
        base = olds[n][0]
        if n in disputed:
            own = set(mine[n])
        elif source.get(n) == "delete" or draft.get(n) == "delete":
            own = set()
        elif source.get(n) == "edit":
            own = set(news[n])
        elif draft.get(n) == "edit":
            own = set(mine[n])
        else:
            own = {base}
        for rows, change in ((news[n], source.get(n)), (mine[n], draft.get(n))):
            if change == "insert":
                own.add(rows[1])
        expected.append(own)
    result = texts(merged)
    assert sorted(result) == sorted(text for place in expected for text in place)
    # Every passage stands in its section, and the places in their order.
    place_of = {text: n for n, place in enumerate(expected) for text in place}
    order = [place_of[text] for text in result]
    assert order == sorted(order)


@settings(max_examples=30, deadline=None)
@given(both_sides(), st.randoms(use_true_random=False))
def test_each_conflict_is_decided_for_itself(sides: Any, chance: Any) -> None:
    olds, news, mine = changed({}, ""), changed(sides[0], "source"), changed(sides[1], "rédaction")
    three = document(olds), document(news), document(mine)
    conflicts = merge(*three).conflicts
    choices = {row.key: Choice(chance.choice(["mine", "source", "hand"]), "De ma main.") for row in conflicts}
    merged = merge(*three, choices)
    assert merged.open == []
    result = texts(merged)
    for row in conflicts:
        side = choices[row.key].side
        wanted = {"mine": row.draft, "source": row.now}.get(side)
        assert wanted is None or wanted in result
    assert result.count("De ma main.") == sum(choice.side == "hand" for choice in choices.values())


@settings(max_examples=30, deadline=None)
@given(both_sides())
def test_merged_once_there_is_nothing_left_to_merge(sides: Any) -> None:
    news = document(changed(sides[0], "source"))
    merged = merge(document(changed({}, "")), news, document(changed(sides[1], "rédaction")))
    again = merge(news, news, merged.version)
    assert again.version == merged.version
    assert again.conflicts == []
    assert again.followed == 0


@given(both_sides())
@settings(max_examples=40, deadline=None)
def test_one_side_alone_is_followed_or_kept(sides: Any) -> None:
    olds, news = document(changed({}, "")), document(changed(sides[0], "source"))
    assert merge(olds, news, olds).version == news
    assert merge(olds, olds, news).version == news


# Sections.


def test_sections_come_go_and_change_their_title_and_level() -> None:
    before = work(part("un", passage(1)), part("deux", passage(2)), part("trois", passage(3)))
    now = work(
        part("un", passage(1)),
        part("un-bis", passage(9)),
        Part("second", {**before.parts[1].facts, "title": "Second", "depth": 2}, (passage(2),)),
    )
    merged = merge(before, now, before)
    assert slugs(merged) == ["un", "un-bis", "deux"]
    assert merged.version.parts[2].facts["title"] == "Second"
    assert merged.version.parts[2].facts["depth"] == 2
    assert not merged.conflicts


def test_links_follow_a_section_that_keeps_its_address() -> None:
    before = work(part("un", "Voir [là](section:deux)."), part("deux", passage(2)))
    now = work(part("un", "Voir [là](section:second)."), part("second", passage(2), title="Second"))
    merged = merge(before, now, before)
    assert merged.version.parts[0].passages == ("Voir [là](section:deux).",)
    assert slugs(merged) == ["un", "deux"]


def test_a_section_that_the_source_drops_goes_unless_it_was_edited() -> None:
    before = work(part("un", passage(1)), part("deux", passage(2)))
    now = work(part("un", passage(1)))
    assert slugs(merge(before, now, before)) == ["un"]
    edited = work(part("un", passage(1)), part("deux", passage(2) + " Et plus."))
    merged = merge(before, now, edited)
    assert slugs(merged) == ["un", "deux"]
    [conflict] = merged.conflicts
    assert (conflict.kind, conflict.where, conflict.now) == ("part", "deux", None)
    assert slugs(merge(before, now, edited, {conflict.key: Choice("source")})) == ["un"]


def test_a_section_that_the_editors_dropped_stays_away_unless_the_source_changed_it() -> None:
    before = work(part("un", passage(1)), part("deux", passage(2)))
    draft = work(part("un", passage(1)))
    assert slugs(merge(before, before, draft)) == ["un"]
    now = work(part("un", passage(1)), part("deux", passage(2) + " Et plus."))
    merged = merge(before, now, draft)
    assert slugs(merged) == ["un"]
    [conflict] = merged.conflicts
    assert slugs(merge(before, now, draft, {conflict.key: Choice("source")})) == ["un", "deux"]


def test_moved_sections_move_and_the_editors_own_order_stays() -> None:
    parts = [part(f"s{n}", passage(n), passage(n + 20)) for n in range(6)]
    before = work(*parts)
    now = work(*parts[:1], parts[4], *parts[1:4], parts[5])
    assert slugs(merge(before, now, before)) == ["s0", "s4", "s1", "s2", "s3", "s5"]
    draft = work(*parts[:5], part("à-nous", passage(50)), parts[5])
    assert slugs(merge(before, now, draft)) == ["s0", "s4", "s1", "s2", "s3", "à-nous", "s5"]
    assert slugs(merge(before, before, now)) == ["s0", "s4", "s1", "s2", "s3", "s5"]
    assert not merge(before, now, now).conflicts


def test_a_passage_that_went_into_another_section_follows_the_source_there() -> None:
    before = work(part("un", passage(1), passage(2), passage(3)))
    draft = work(part("un", passage(1)), part("suite", passage(2), passage(3), title="Suite"))
    now = work(part("un", passage(1), passage(2) + " Corrigé.", passage(3)))
    merged = merge(before, now, draft)
    assert not merged.conflicts
    assert merged.version.parts[1].passages == (passage(2) + " Corrigé.", passage(3))


def test_both_sides_on_one_title() -> None:
    before = work(part("un", passage(1)))
    now = work(part("un", passage(1), title="Le un"))
    draft = work(part("un", passage(1), title="L’un"))
    [conflict] = merge(before, now, draft).conflicts
    assert (conflict.kind, conflict.name, conflict.now, conflict.draft) == ("fact", "title", "Le un", "L’un")
    merged = merge(before, now, draft, {conflict.key: Choice("hand", "L’un des deux")})
    assert merged.version.parts[0].facts["title"] == "L’un des deux"


def test_a_choice_answers_only_what_it_was_made_for() -> None:
    before, now = work(part("un", passage(1))), work(part("un", passage(1) + " Source."))
    [conflict] = merge(before, now, work(part("un", passage(1) + " Nous."))).conflicts
    later = merge(before, now, work(part("un", passage(1) + " Nous encore.")), {conflict.key: Choice("source")})
    assert later.open == later.conflicts != []


# Notes, figures, references.


def test_a_note_more_does_not_change_the_passages_that_call_the_others() -> None:
    before = work(part("un", "Le fil[^1].", "La trame[^2].", "[^1]: De laine.", "[^2]: De lin."))
    now = work(
        part("un", "Au début[^1].", "Le fil[^2].", "La trame[^3].", "[^1]: Neuve.", "[^2]: De laine.", "[^3]: De lin.")
    )
    draft = work(part("un", "Le fil[^1], dit-on.", "La trame[^2].", "[^1]: De laine.", "[^2]: De lin."))
    merged = merge(before, now, draft)
    assert not merged.conflicts
    result = texts(merged)
    assert "Le fil[^1], dit-on." in result
    assert "La trame[^2]." in result
    fresh = next(text for text in result if text.startswith("Au début"))
    label = fresh.partition("[^")[2].partition("]")[0]
    assert f"[^{label}]: Neuve." in result
    assert sum(text.startswith(f"[^{label}]:") for text in result) == 1


def test_figures_keep_their_keys_and_their_pictures() -> None:
    def figure(key: str, caption: str, image: str = "") -> Row:
        return Row(key, {"caption": caption, "number": "", "image": image})

    before = work(figures=(figure("figure-1", "Le plan du verger"), figure("figure-2", "La coupe du puits")))
    now = work(
        figures=(
            figure("figure-1", "Une carte neuve"),
            figure("figure-2", "Le plan du verger, corrigé"),
            figure("figure-3", "La coupe du puits"),
        )
    )
    draft = work(figures=(figure("figure-1", "Le plan du verger", "plan.png"), figure("figure-2", "La coupe du puits")))
    merged = merge(before, now, draft)
    rows = {row.key: row.facts for row in merged.version.rows["figures"]}
    assert rows["figure-2"]["caption"] == "La coupe du puits"
    assert rows["figure-1"]["image"] == "plan.png"
    assert len(rows) == 3
    assert not [row for row in merged.conflicts if row.name != "caption"]


def test_an_edited_reference_and_its_corrected_source() -> None:
    before = work(entries=(Row("petit2020", {"raw": "Petit, La terre", "csl.title": "La terre", "csl.volume": None}),))
    now = work(entries=(Row("petit2020", {"raw": "Petit, La Terre", "csl.title": "La Terre", "csl.volume": None}),))
    draft = work(entries=(Row("petit2020", {"raw": "Petit, La terre", "csl.title": "La terre", "csl.volume": "2"}),))
    [row] = merge(before, now, draft).version.rows["entries"]
    assert dict(row.facts) == {"raw": "Petit, La Terre", "csl.title": "La Terre", "csl.volume": "2"}


def test_a_figure_that_the_source_drops_stays_where_a_picture_was_given() -> None:
    before = work(figures=(Row("figure-1", {"caption": "Le plan", "image": ""}),))
    draft = work(figures=(Row("figure-1", {"caption": "Le plan", "image": "plan.png"}),))
    merged = merge(before, work(figures=()), draft)
    assert [row.kind for row in merged.conflicts] == ["row"]
    assert len(merged.version.rows["figures"]) == 1
    assert merge(before, work(figures=()), before).version.rows["figures"] == ()


# Passages.


@pytest.mark.parametrize(
    "body",
    [
        "",
        "Un.\n\nDeux.",
        "- un\n- deux\n\nSuite.",
        "```\na\n\nb\n```\n\nAprès.",
        "::: {lang=en}\nOne.\n\nTwo.\n:::\n\nTrois.",
        "Texte[^1].\n\n[^1]: Une note.\n[^2]: Une autre.",
    ],
)
def test_a_body_is_cut_and_put_together_again(body: str) -> None:
    assert join(split(body)) == body
    assert split(join(split(body))) == split(body)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(["a", "", " ", "```", "~~~", ":::", "::: {lang=en}", "[^1]: x", "- b", "> c"])))
def test_no_word_is_lost_by_cutting(lines: list[str]) -> None:
    body = "\n".join(lines)
    assert join(split(body)).split() == body.split()
    assert split(join(split(body))) == split(body)


def test_passages_are_tied_in_order() -> None:
    before = ["un deux trois", "quatre cinq six", "sept huit neuf"]
    after = ["un deux trois dix", "tout autre chose", "sept huit neuf"]
    assert align(before, after) == {0: 0, 1: 1, 2: 2}
    assert align([], ["x"]) == {}
    assert align(["x"], []) == {}


LIST = "- le premier point\n- le deuxième point\n- le troisième point"


@pytest.mark.parametrize(
    ("now", "draft", "expected"),
    [
        (
            LIST.replace("premier point", "premier point, corrigé"),
            LIST.replace("troisième point", "troisième point, rédigé"),
            "- le premier point, corrigé\n- le deuxième point\n- le troisième point, rédigé",
        ),
        (
            LIST + "\n- une chose neuve",
            LIST.replace("deuxième point", "deuxième point, rédigé"),
            "- le premier point\n- le deuxième point, rédigé\n- le troisième point\n- une chose neuve",
        ),
        (
            LIST.replace("- le premier point\n", ""),
            LIST.replace("troisième point", "troisième point, rédigé"),
            "- le deuxième point\n- le troisième point, rédigé",
        ),
        (LIST.replace("premier", "vieux"), LIST.replace("premier", "jeune"), None),
        (LIST.replace("premier", "vieux"), LIST.replace("- le premier point\n", ""), None),
    ],
)
def test_lines_of_a_list_are_merged(now: str, draft: str, expected: str | None) -> None:
    merged = merge(work(part("un", LIST)), work(part("un", now)), work(part("un", draft)))
    assert len(merged.conflicts) == (expected is None)
    assert texts(merged) == [expected or draft]


def test_lines_of_a_paragraph_are_not() -> None:
    lines = "un vers\nun autre vers\nle dernier vers"
    now, draft = lines.replace("un autre", "cet autre"), lines.replace("dernier", "tout dernier")
    assert len(merge(work(part("un", lines)), work(part("un", now)), work(part("un", draft))).conflicts) == 1


# Sections that both sides add, drop, move, retitle, split and edit: nothing is lost without being asked.


@st.composite
def reworked(draw: st.DrawFn, who: str) -> Version:
    """A work of eight sections, of which some were changed by `who`."""
    parts = [part(f"s{n}", passage(3 * n), passage(3 * n + 1), passage(3 * n + 2)) for n in range(8)]
    for turn in range(draw(st.integers(0, 6))):
        at = draw(st.integers(0, len(parts) - 1))
        one = parts[at]
        what = draw(st.sampled_from(["add", "drop", "move", "retitle", "level", "edit", "insert", "cut", "split"]))
        mark = f"{who}{turn}"
        if what == "add":
            parts.insert(at, part(f"neuf-{mark}", f"Section {mark} : {mark} {mark}-{mark}."))
        elif what == "drop" and len(parts) > 3:
            parts.pop(at)
        elif what == "move":
            parts.insert(draw(st.integers(0, len(parts) - 1)), parts.pop(at))
        elif what == "retitle":
            parts[at] = Part(one.slug, {**one.facts, "title": f"Titre {mark}"}, one.passages)
        elif what == "level":
            parts[at] = Part(one.slug, {**one.facts, "depth": 2}, one.passages)
        elif what == "edit" and one.passages:
            parts[at] = Part(one.slug, one.facts, (f"{one.passages[0]} Ajout {mark}.", *one.passages[1:]))
        elif what == "insert":
            parts[at] = Part(one.slug, one.facts, (*one.passages, f"Passage {mark} : {mark} {mark}-{mark}."))
        elif what == "cut" and len(one.passages) > 1:
            parts[at] = Part(one.slug, one.facts, one.passages[:-1])
        elif what == "split" and len(one.passages) > 1:
            parts[at] = Part(one.slug, one.facts, one.passages[:1])
            parts.insert(at + 1, part(f"suite-{mark}", *one.passages[1:]))
    return work(*parts)


BASE = work(*(part(f"s{n}", passage(3 * n), passage(3 * n + 1), passage(3 * n + 2)) for n in range(8)))


def told(merged: Merged) -> str:
    """All that the merged version says, and all that is asked about."""
    said = [f"{one.facts['title']} {' '.join(one.passages)}" for one in merged.version.parts]
    return " ".join([*said, *(f"{row.now} {row.draft}" for row in merged.conflicts)])


@settings(max_examples=300, deadline=None)
@given(reworked("source"), reworked("rédaction"))
def test_whatever_both_do_to_sections_nothing_new_is_lost(now: Version, draft: Version) -> None:
    merged = merge(BASE, now, draft)
    said = told(merged)
    known = {text for one in BASE.parts for text in one.passages}
    for version in (now, draft):
        for one in version.parts:
            for text in one.passages:
                assert text in known or text in said
            assert one.facts["title"] in said or not one.facts["title"].startswith("Titre")
    slugs = [one.slug for one in merged.version.parts]
    assert len(set(slugs)) == len(slugs)
    # The addresses of the draft stay, save those of sections that the source took away.
    assert {one.slug for one in draft.parts} - set(slugs) <= {f"s{n}" for n in range(8)}
    assert merge(BASE, now, draft).version == merged.version


@settings(max_examples=150, deadline=None)
@given(reworked("source"))
def test_an_untouched_draft_becomes_the_source_and_an_unchanged_source_leaves_the_draft(other: Version) -> None:
    followed = merge(BASE, other, BASE)
    assert followed.conflicts == []
    assert [(p.facts, p.passages) for p in followed.version.parts] == [(p.facts, p.passages) for p in other.parts]
    kept = merge(BASE, BASE, other)
    assert kept.version == other
    assert kept.conflicts == []


def test_lines_of_the_source_are_followed_without_a_word() -> None:
    before, now = (work(part("un", passage(1), source_line=line)) for line in (3, 9))
    draft = work(part("un", passage(1) + " Rédigé.", source_line=3, starts_page=True))
    merged = merge(before, now, draft)
    assert (merged.version.parts[0].facts["source_line"], merged.changes, merged.conflicts) == (9, [], [])
    assert merged.version.parts[0].facts["starts_page"] is True


def test_a_reference_that_the_editors_dropped() -> None:
    def entry(raw: str) -> Row:
        return Row("petit2020", {"raw": raw})

    before, draft = work(entries=(entry("Petit, La terre"),)), work(entries=())
    assert merge(before, before, draft).version.rows["entries"] == ()
    now = work(entries=(entry("Petit, La terre, 2e édition"),))
    merged = merge(before, now, draft)
    assert merged.version.rows["entries"] == ()
    [conflict] = merged.conflicts
    assert merge(before, now, draft, {conflict.key: Choice("source")}).version.rows["entries"] == now.rows["entries"]


def test_both_add_the_same_reference_figure_and_section() -> None:
    row = Row("petit2020", {"raw": "Petit, La terre"})
    new = work(part("un", passage(1)), part("deux", passage(2)), entries=(row,))
    merged = merge(work(part("un", passage(1)), entries=()), new, new)
    assert merged.version == new
    assert merged.conflicts == []
