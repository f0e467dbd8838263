"""People and organisations at the head of an entry, or after "In".

before: Roux, J., & Petit, A. (1991) | ROUX Anne et PETIT P. 2010 | J. L. Roux, A. Petit (dir.), | Roux (J.-P.),
after:  [{"family": "Roux", "given": "J."}, ...], the place where the names stop, "editor"

Names are read one person at a time (``name_shapes``); a name that no shape reads ends the list. The reader never goes
back over a person, so it is linear.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from manuscript.references.name_shapes import person, printed, read_person
from manuscript.references.name_tokens import Token, tokens
from manuscript.references.roles import ET_AL, ROLE, role_of
from manuscript.references.vocabulary import is_institution, is_journal

_SUFFIX = re.compile(r",?\s(Jr|Sr|II|III|IV)\b\.?")


class Names(NamedTuple):
    """People read from a text: CSL names, where they stop, the role printed after them, and how sure the shape is."""

    people: list[dict[str, str]]
    end: int
    role: str
    sure: bool
    et_al: bool = False


def read_names(text: str, start: int = 0, order: str = "") -> Names:
    """Read the people that stand at ``start``. ``order`` ("family", "given" or "") breaks ties between shapes."""
    toks = tokens(text, start)
    people: list[dict[str, str]] = []
    i, end, sure, role, et_al = 0, start, False, "", False
    seen_family_first = order == "family"
    bare = capitals_list(toks, text) or given_first_list(toks, text)
    if bare:
        return bare
    while len(people) < 60:
        current = "family" if seen_family_first and not people else order
        read = read_person(
            toks, i, text, not people, current if not people else ("family" if seen_family_first else order)
        )
        if read is None and people and i < len(toks):
            # After a conjunction the order often turns ("Roux, Anne, et Paul Petit").
            read = read_person(toks, i, text, False, "given")
        if read is None and people and i < len(toks) and toks[i - 1].kind == "&" and toks[i].kind in "CU":
            # "..., and Petit. 2010": a name run together with its given name, or without one.
            dated = re.match(r"[,.]?\s?\(?(?:1[4-9]|20)\d\d", text[toks[i].end : toks[i].end + 8])
            read = (person(toks[i].text), i + 1, True) if dated else None
        by_initials = bool(people) and toks[0].kind == "I" and toks[1].kind in "CUIp"
        if by_initials and i < len(toks) and toks[i].kind not in "Ip" and toks[i - 1].kind != "&":
            # After "A. Roux, " only initials go on with the list: "Le Port, " begins the title.
            break
        if read is None:
            break
        one, nxt, proof = read
        if people and not proof:
            break
        if not people and nxt - i >= 3 and any(t.kind == "," for t in toks[i:nxt]):
            seen_family_first = True
        people.append(one)
        sure = sure or proof
        end = toks[nxt - 1].end if nxt - 1 < len(toks) else len(text)
        i = nxt
        match = _SUFFIX.match(text, end)
        if match:
            one["suffix"], end = match[1], match.end()
            while i < len(toks) and toks[i].start < end:
                i += 1
        match = ET_AL.match(text, end)
        if match:
            et_al, end = True, match.end()
            while i < len(toks) and toks[i].start < end:
                i += 1
        match = ROLE.match(text, end)
        if match:
            role = role_of(match["in"] or match["out"])
            end = match.end()
            while i < len(toks) and toks[i].start < end:
                i += 1
            if et_al or match["out"] or (i < len(toks) and toks[i].kind not in ",;&"):
                break
        if et_al:
            break
        step = i
        while step < len(toks) and toks[step].kind in (",", ";", "&", "/", "-", "–") and step - i < 3:
            step += 1
        if step == i and i < len(toks) and toks[i].kind == "." and seen_family_first:
            # "ROUX, Anne. PETIT, Paul. Titre": full stops between people, as long as both shapes are proof.
            ahead = read_person(toks, i + 1, text, False, order)
            if ahead and ahead[2] and ahead[1] - i >= 4 and toks[i + 2].kind in ",CU":
                step = i + 1
        if step == i:
            break
        i = step
        if i < len(toks):
            match = ROLE.match(text, toks[i].start)
            if match and match["in"]:
                role, end = role_of(match["in"]), match.end()
                break
    return Names(people, end, role, sure, et_al)


def capitals_list(toks: list[Token], text: str) -> Names | None:
    """ "ROUX, PETIT et LE GALL, 2012": family names alone, in capitals, before a year."""
    people: list[dict[str, str]] = []
    i = 0
    while i < len(toks) and toks[i].kind in "Up":
        j = i
        while j < len(toks) and toks[j].kind in "Up":
            j += 1
        people.append(person(printed(toks, i, j, text)))
        end = toks[j - 1].end
        while j < len(toks) and toks[j].kind in (",", "&", ";"):
            j += 1
        i = j
    if len(people) > 1 and re.match(r"[,.]?\s*\(?(?:1[4-9]|20)\d\d", text[end:]):
        return Names(people, end, "", True)
    return None


def given_first_list(toks: list[Token], text: str) -> Names | None:
    """ "Odran Vell, Maude S. Kerjean and Ilka Trone.": two names or more without comma inside, the last after "and"."""
    people: list[dict[str, str]] = []
    i = end = 0
    joined = False
    while i < len(toks) and toks[i].kind == "C" and len(people) < 40:
        j = i + 1
        while j < len(toks) and toks[j].kind in "CIp" and j - i < 5:
            j += 1
        last = j - 1
        while last > i + 1 and toks[last - 1].kind == "p":
            last -= 1
        if j - i < 2 or toks[j - 1].kind != "C":
            return None
        people.append(person(printed(toks, last, j, text), printed(toks, i, last, text)))
        end = toks[j - 1].end
        suffix = _SUFFIX.match(text, end)
        if suffix:
            people[-1]["suffix"], end = suffix[1], suffix.end()
            while j < len(toks) and toks[j].start < end:
                j += 1
        i = j
        while i < len(toks) and toks[i].kind in (",", "&") and i - j < 2:
            joined = joined or toks[i].kind == "&"
            i += 1
        if i == j:
            break
        if joined and toks[i - 1].kind == ",":
            break
    whole = text[toks[0].start : end] if toks else ""
    if len(people) < 2 or not joined or is_institution(whole) or is_journal(whole):
        return None
    if text[end - 1 : end] == "." or re.match(r"[.,:]\s*[A-ZÀ-Þ«“\"'‘]|\.\s?\(?\d{4}", text[end:]):
        return Names(people, end, "", True)
    return None


def literal(text: str) -> dict[str, Any]:
    """An organisation, or a name no shape divides."""
    return {"literal": text.strip(" ,;:-–—")}
