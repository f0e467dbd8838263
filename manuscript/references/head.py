"""Who and when, at the head of an entry; or its title, where nobody is named.

before: Roux, J., & Petit, A. (1991). Titre... | Ministère des Ports (1996). Titre... | Un titre (2024). <...>
after:  people or an organisation, the date if it stands there, the title if it stands first, and the rest with its mark
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from manuscript.references import dates, names, quotes
from manuscript.references.markup import EMPHASIS_CLOSE, EMPHASIS_OPEN, HOLE
from manuscript.references.roles import ET_AL, role_at, role_of
from manuscript.references.sites import names_site
from manuscript.references.vocabulary import is_institution, is_journal, is_place

_LIST_MARK = re.compile(
    r"^(?:\[\d{1,4}\]|\(\d{1,4}\)|\d{1,4}[.)](?=\s)|\d{1,3}[-–](?=[A-ZÀ-Þ][a-zà-ÿ])|[-*•–—·](?![-–—\d.,:(])|>)\s*"
)
_LABEL = re.compile(rf"^[A-ZÀ-Þ][\w’'.\- ]{{1,40}}\s{dates.YEAR}[a-z]?\s?:\s(?=[A-ZÀ-Þ])")
_SAME_AUTHOR = re.compile(r"^(?:[-–—_]{2,12}|—|–|(?:id(?:em)?|ead(?:em)?)\b\.?)\s*(?=[,.:(\s])[\s,.:]*", re.IGNORECASE)
_BEFORE_DATE = re.compile(r"[\s,.:;–—-]*")
_PAREN_DATE = re.compile(
    rf"[(\[]\s?(?:(?P<y>{dates.YEAR})(?:\s?[-–/]\s?(?:{dates.YEAR}"
    rf"|\d\d))?(?P<s>[a-z])?(?P<more>,[^()\[\]]{{0,40}})?(?:\s?\[[^\]]{{0,20}}\])?|(?P<none>no date"
    rf"|n\.\s?d\.|s\.\s?d\.|sans date|undated|in press|à paraître|sous presse"
    rf"|forthcoming)(?:[\s,-]+(?P<ns>[a-z]))?)\s?[)\]]",
    re.IGNORECASE,
)
_TWICE_DATED = re.compile(
    rf"[(\[]\s?(?:\[(?P<o1>{dates.YEAR})\],?\s?(?P<y1>{dates.YEAR})"
    rf"|(?P<y2>{dates.YEAR})\s?(?:\[|,\s?\[?|/)\s?(?P<o2>{dates.YEAR})\]?)\s?[)\]]"
    rf"|\[(?P<o3>{dates.YEAR})\]\s(?P<y3>{dates.YEAR})(?=[.,:\s])"
)
_BARE_DATE = re.compile(rf"(?P<y>{dates.YEAR})(?:\s?[-–/]\s?(?:{dates.YEAR}))?(?P<s>[a-z](?![\w’']))?(?![\d/–-])")
_TITLE_WORDS_TEXT = """
comment quel quelle quels quelles pourquoi est sont peut the how what why is are of to for par pour sur dans
vers avec des aux from your using into entre
"""
_TITLE_WORDS = frozenset(_TITLE_WORDS_TEXT.split())


@dataclass
class Head:
    """What stands before the body of an entry. ``mark`` is the punctuation that leads to the title."""

    people: list[dict[str, Any]] = field(default_factory=list)
    role: str = ""
    date: dates.Date | None = None
    title: str = ""
    rest: str = ""
    mark: str = ""
    same_author: bool = False
    et_al: bool = False
    dated: str = ""
    """Where the date stands: "(" in brackets after the names, "," bare, or "" elsewhere."""


def strip_marks(text: str) -> str:
    """Drop the marks of a list: "1.", "[12]", "-"."""
    for _ in range(2):
        text = _LIST_MARK.sub("", text, count=1)
    return text.strip()


def date_at(text: str, position: int) -> tuple[dates.Date, int, str] | None:
    """A date at a position (after blanks and marks): the date, its end, and "(" or ","."""
    start = _BEFORE_DATE.match(text, position)
    at = start.end() if start else position
    match = _TWICE_DATED.match(text, at)
    if match:
        # "([1911], 2009)": the edition at hand is the later one.
        both = sorted(int(match[name]) for name in ("o1", "y1", "o2", "y2", "o3", "y3") if match[name])
        return dates.Date(((both[1],),), "", both[0]), match.end(), "("
    match = _PAREN_DATE.match(text, at)
    if match:
        if match["none"]:
            return dates.Date((), (match["ns"] or "").lower()), match.end(), "("
        date = dates.Date(((int(match["y"]),),), (match["s"] or "").lower())
        if match["more"]:
            full = dates.FULL_DATE.match(f"{match['y']}{match['more']}")
            date = dates.from_full(full) if full else dates.with_day(date, match["more"].strip(" ,"))
            date = date._replace(suffix=(match["s"] or "").lower())
        return date, match.end(), "("
    full = dates.FULL_DATE.match(text, at)
    if full:
        # The full stop after a month may be the one that ends the head.
        return dates.from_full(full), full.end() - full[0].endswith("."), ","
    none = dates.NO_DATE.match(text, at)
    if none:
        return dates.Date((), (none[1] or "").lower()), none.end(), ","
    match = _BARE_DATE.match(text, at)
    if match and text[match.end() : match.end() + 1] in ("", " ", ",", ".", ":", ";", ")"):
        years = [int(y) for y in re.findall(dates.YEAR, match[0])]
        return dates.Date(tuple((y,) for y in years), (match["s"] or "").lower()), match.end(), ","
    return None


def _rest(head: Head, text: str, end: int) -> Head:
    match = re.match(r"\s*(?P<mark>[.,:;]?)\s*(?:[-–—]{1,2}\s+|=\s)?(?P<again>[.,:;–—-]*)\s*", text[end:])
    mark = (match["mark"] or match["again"]) if match else ""
    head.mark = mark[:1]
    head.rest = text[end + match.end() :] if match else text[end:]
    return head


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_][\w’'.-]*", text)


def title_likeness(text: str) -> float:
    """How much a text reads as a title rather than as a name: length, small words, and a sentence's marks."""
    words = _words(text)
    score = 0.35 * len(words)
    score += 2.0 * bool(re.search(r"[?!]|\s?:\s|…", text))
    score += 1.0 * bool(re.search(r"\d", text))
    low = [w for w in words[1:] if w[0].islower()]
    score += 0.35 * len(low) + 0.8 * sum(w.lower() in _TITLE_WORDS for w in words)
    if is_institution(text) or is_journal(text):
        score -= 1.5
    if re.match(r"^(?:l[ae]s?|the)\s[A-Z]", text, re.IGNORECASE) and len(words) <= 4:
        score -= 0.5
    return score


def head_is_author(head: str, after: str, mark: str, url: str | None) -> bool:
    """Whether a dated head names its author, an organisation. ``after`` is what follows the date, without address."""
    follows = after.replace(HOLE, "").strip(" .,:;")
    if not follows or len(head) > 300:
        return False
    institution = is_institution(" ".join(head.split()[:2]))
    if not institution and (len(_words(head)) > 14 or (len(head) > 90 and not is_institution(head))):
        return False
    if re.match(r"[\"«“'‘]", head):
        return False
    if re.search(r"[?!|]|\s:\s|\w:\s", head):
        return False
    sentences = [s for s in re.split(r"(?<=[^A-Z])\.\s+(?=[A-ZÀ-Þ\"«“])", follows) if s.strip()]
    if len(sentences) > 1 or mark != ".":
        return True
    if names_site(follows, url) and not names_site(head, url):
        return False
    return title_likeness(head) <= title_likeness(follows) + 0.01


def _head_date(text: str) -> tuple[str, dates.Date, int, str] | None:
    """Find the date that ends a head without names: what stands before it, the date, its end and its kind."""
    limit = text[:600]
    stop = limit.find(HOLE)
    window = limit if stop < 0 else limit[:stop]
    match = _PAREN_DATE.search(window)
    if match and match.start() and text[match.start() - 1] == " ":
        after = text[match.end() : match.end() + 3]
        found = date_at(text, match.start())
        if found and (not after.strip() or after[0] in " .,:;" or after[0] == HOLE):
            return text[: match.start()].strip(), *found
    for pattern in (
        rf"(?<=[.?!]\s){dates.YEAR}[a-z]?(?=\.\s|\s[A-ZÀ-Þ{HOLE}]|\.?$)",
        rf"(?<=[\w.]\s){dates.YEAR}(?=,\s(?:\d{{1,2}}|1er)\s[a-zéû]{{3,9}}\b)",
        rf"^[^.,:;]{{3,80}},\s({dates.YEAR})(?=[.,:]\s)",
        rf"^(?<!\w)[^\s,]{{2,40}}\s({dates.YEAR})(?=\s[A-ZÀ-Þ\"'«“])",
    ):
        match = re.search(pattern, window)
        if match:
            at = match.start(1) if match.re.groups else match.start()
            found = date_at(text, at)
            if found and at:
                return text[:at].strip(), *found
    # "Un titre sans auteur 2024. <...>": the year ends the title, and at most a short name stands before the address.
    for match in re.finditer(rf"(?<=[^\W\d]\s){dates.YEAR}(?=\.(?:\s[A-ZÀ-Þ{HOLE}]|\s*$))", window):
        before, after = text[: match.start()].strip(), text[match.end() :].replace(HOLE, "").strip(" .")
        words = _words(before)
        month = dates.MONTHS.get(words[-1].lower()) if words else None
        if (
            month
            or len(words) <= 3
            or len(after.split()) > 8
            or re.search(rf"{dates.YEAR}|\s:\s|,", after)
            or before.count(",") > 3
        ):
            continue
        found = date_at(text, match.start())
        if found and not is_place(words[-1]):
            return before, *found
    return None


def read_head(text: str, url: str | None, order: str = "") -> Head:
    """Read the head of an entry from its text without markup."""
    head = Head()
    text = strip_marks(text)
    label = _LABEL.match(text)
    if label and names.read_names(text, label.end()).people:
        text = text[label.end() :]
    same = _SAME_AUTHOR.match(text)
    if same and same.end() < len(text):
        head.same_author = True
        text = text[same.end() :]
        found = date_at(text, 0)
        if found and found[1] < len(text):
            head.date, end, head.dated = found
            return _rest(head, text, end)
        return _rest(head, text, 0)
    # The date first: "2013 : « Titre »", "2010 roux a. un titre".
    first = re.match(rf"^[(\[]?({dates.YEAR})([a-z])?[)\]]?\s?(?:[:.,)]\s|(?=[a-zé-]+\s\w\.[\w.-]{{0,4}}[\s,]))", text)
    if first:
        head.date, head.dated = dates.Date(((int(first[1]),),), first[2] or ""), "first"
        text = text[first.end() :].strip()
    if quotes.opening(text) or text[:1] == EMPHASIS_OPEN:
        return _titled(head, text)
    found_names = names.read_names(text, 0, order)
    if found_names.people and _plausible(found_names, text):
        head.people, head.role, head.et_al = list(found_names.people), found_names.role, found_names.et_al
        end = found_names.end
        dated = None if head.date else date_at(text, end)
        if dated:
            head.date, end, head.dated = dated
            role = role_at(text, end)
            if role and role["in"]:
                head.role, end = role_of(role["in"]), role.end()
        return _rest(head, text, end)
    if head.date is None:
        dated_head = _head_date(text)
        if dated_head:
            before, date, end, dated_kind = dated_head
            after = _rest(Head(), text, end)
            if head_is_author(before.rstrip("., "), after.rest, after.mark, url):
                head.people, head.role, head.et_al = _organisations(before)
            else:
                head.title = before.rstrip(" ,")
                head.title = re.sub(r"(?<=[^.])\.$", "", head.title)
            head.date, head.dated = date, dated_kind
            return _rest(head, text, end)
    lone = re.match(
        r"^(?P<name>[^.,:;«»“”\"()\ue000-\uf8ff]{2,80}?)(?P<mark>\.\s?[-–—]?\s"
        r"|\s?\((?P<role>[ÉéA-Za-z.\s]{2,12})\)|,\s(?=[«“\"A-ZÀ-Þ]))",
        text,
    )
    if lone:
        name = lone["name"].strip()
        words = _words(name)
        role = role_at(text, lone.end("name"))
        short = len(words) <= 2 and words and all(w[0].isupper() for w in words)
        if role and lone["role"]:
            head.people, head.role = [names.literal(name)], role_of(lone["role"])
            return _rest(head, text, role.end())
        if (
            lone["role"] is None
            and len(words) <= 8
            and (
                (lone["mark"].startswith(",") and (text[lone.end()] in '«“"' or _leads_as_author(name)))
                or _NOBODY.fullmatch(name)
                or (is_institution(name) and len(words) <= 8)
                or (short and words and name.isupper())
            )
            and len(text) > lone.end() + 8
        ):
            head.people = [names.literal(name)]
            return _rest(head, text, lone.end("name"))
    head.rest = text
    return head


_NOBODY = re.compile(r"(?:anonymes?|anonymous|anon|collectif|coll)\.?", re.IGNORECASE)


def _leads_as_author(name: str) -> bool:
    """Whether a text before a comma is an institution by its first word: "Ministère de la Mer, ..."."""
    return is_institution(name.split()[0]) and len(name.split()) > 1 and bool(re.search(r"\s[a-zà-ÿ]+", name))


def _plausible(found: names.Names, text: str) -> bool:
    """Names at the head are believed when their shape is proof, or when a date or a mark follows them."""
    after = text[found.end :].strip()
    if not after.strip(" .,:;"):
        return False
    if re.match(r"-\s", after) and re.search(rf"\({dates.YEAR}\)\.?\s*{HOLE}?\s*$", after):
        return False
    if found.sure:
        return True
    return bool(re.match(r"[,.:]?\s*[(\[]?\s?(?:\d{4}|s\.\s?d|no date|[«“\"'‘])|[.,:–—]", after))


def _titled(head: Head, text: str) -> Head:
    """An entry that opens with its title between marks."""
    if text[:1] == EMPHASIS_OPEN and EMPHASIS_CLOSE in text:
        inner, _, after = text[1:].partition(EMPHASIS_CLOSE)
        split: tuple[str, str] | None = (inner, after)
    else:
        split = quotes.take_quoted(text)
    if split is None or (re.match(r"\s+[a-zà-ÿ]", split[1]) and not re.match(r"\s+(?:in|dans)\s", split[1])):
        head.rest = text
        return head
    head.title = split[0]
    if head.date is None:
        dated = date_at(split[1], 0)
        if dated and (dated[2] == "(" or re.match(r"\s*[.,]?\s*\d{4}", split[1])):
            head.date, end, head.dated = dated
            return _rest(head, split[1], end)
    return _rest(head, split[1], 0)


def _organisations(text: str) -> tuple[list[dict[str, Any]], str, bool]:
    """An organisation before a date; "A and B" are two where both halves are short names."""
    text = text.strip(" ,.")
    et_al = ET_AL.search(text)
    if et_al and et_al.end() == len(text):
        text = text[: et_al.start()]
    role = role_at(text, len(text))
    for match in re.finditer(r"\s[(\[]", text):
        role = role_at(text, match.start())
        if role and role.end() >= len(text):
            return [names.literal(text[: match.start()])], role_of(role["in"] or role["out"]), bool(et_al)
    halves = text.split(" and ")
    if len(halves) == 2 and all(1 <= len(_words(h)) <= 3 and h[:1].isupper() for h in halves):
        return [names.literal(h) for h in halves], "", bool(et_al)
    return [names.literal(text + ("." if re.search(r"\b(?:Inc|Ltd|Co|Corp)$", text) else ""))], "", bool(et_al)
