"""What a list tells that its entries do not: dashes, ibid., the order of names; and lists read from a file."""

from __future__ import annotations

import json

from manuscript.references import parse_references, references_as_json
from manuscript.references.listing import name_order


def test_a_dash_stands_for_the_people_above():
    first, second, third = parse_references(
        [
            "Roux, Anne, Un titre, Paris, Le Phare, 2001.",
            "———, Un autre titre, Paris, Le Phare, 2003.",
            "Id. 2005. Encore un.",
        ]
    )
    assert second["author"] == first["author"]
    assert third["author"] == first["author"]
    assert second["title"] == "Un autre titre"
    assert third["issued"] == {"date-parts": [[2005]]}


def test_a_dash_stands_for_editors_too_and_needs_an_entry_above():
    alone, edited, again = parse_references(
        [
            "—. Un titre. Paris : Le Phare, 2001.",
            "Petit, Bernard (dir.), Un recueil, Brest, 2002.",
            "—. Suite. Brest, 2003.",
        ]
    )
    assert "author" not in alone
    assert again["editor"] == edited["editor"]


def test_ibid_is_the_entry_above_with_its_own_page():
    first, second, third = parse_references(
        ["Roux, A., « Un titre », Revue d'essai, 3, 2001, p. 1-9.", "Ibid., p. 12 – 14.", "ibidem"]
    )
    assert second == {**first, "page": "12-14", "note": "ibid."}
    assert third["title"] == first["title"]
    assert "page" not in third


def test_ibid_without_an_entry_above_keeps_its_text():
    (only,) = parse_references(["Ibid., p. 12."])
    assert only["title"] == "Ibid"


def test_op_cit_takes_the_fields_of_the_same_people():
    first, _, third, other = parse_references(
        [
            "Roux, A., Un titre, Paris, Le Phare, 2001.",
            "Petit, B., Un autre, Brest, 2002.",
            "Roux, A., op. cit., p. 34.",
            "Vidal, P., op. cit., p. 3.",
        ]
    )
    assert third["title"] == first["title"]
    assert third["publisher"] == "Le Phare"
    assert third["note"] == "op. cit."
    assert other["title"] != first["title"]


def test_the_order_of_names_of_a_list_decides_for_names_that_say_nothing():
    given = [
        f"{a} {b}, Un titre, Paris, 2001."
        for a, b in (("Anne", "Roux"), ("Marc", "Petit"), ("Claire", "Vidal"), ("Jean", "Morvan"), ("Paul", "Tissot"))
    ]
    family = [f"ROUX {a}, Un titre, Paris, 2001." for a in ("Anne", "Marc", "Claire", "Jean", "Paul")]
    assert name_order(given) == "given"
    assert name_order(family) == "family"
    assert name_order(given[:2] + family[:3]) == ""
    assert name_order(given[:4]) == ""
    assert name_order([]) == ""
    ambiguous = "Martin Vincent, Un titre, Paris, 2001."
    assert parse_references([*given, ambiguous])[-1]["author"] == [{"family": "Vincent", "given": "Martin"}]
    assert parse_references([*family, ambiguous])[-1]["author"] == [{"family": "Martin", "given": "Vincent"}]


def test_references_from_json():
    rows = [
        {"id": "a", "raw": "Roux, A. (2001). Un titre."},
        "Petit, B. (2002). Un autre.",
        {"raw": "Vidal 2003"},
        7,
        {"id": 1},
    ]
    read = references_as_json(json.dumps(rows).encode())
    assert [(r["id"], r["csl"].get("title")) for r in read][:2] == [("a", "Un titre"), (2, "Un autre")]
    assert read[2]["id"] == 3
    assert len(read) == 3


def test_references_from_lines():
    read = references_as_json("\ufeffRoux, A. (2001). Un été.\n\nPetit, B. (2002). Un autre.\n".encode())
    assert [(r["id"], r["raw"]) for r in read] == [(1, "Roux, A. (2001). Un été."), (3, "Petit, B. (2002). Un autre.")]
    assert read[0]["csl"]["title"] == "Un été"
    assert references_as_json(b"\xff\xfe") != []
    assert references_as_json(b"") == []
    assert references_as_json(b"[" * 100_000) != []
    assert references_as_json(b'{"raw": 1}')[0]["raw"] == '{"raw": 1}'
