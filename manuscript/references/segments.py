"""From a line of print to its pieces: the certain ones first (pages, volume, issue, date, edition...), then text.

before: Revue d'essai, vol. 12, n° 3, p. 45-67.
after:  TEXT "Revue d'essai" | volume "12" | issue "3" | page "45-67"

A piece knows the mark that stands before it: whether a full stop or a comma divides is what tells one style from another.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from manuscript.references import dates
from manuscript.references.markup import EMPHASIS_CLOSE, EMPHASIS_OPEN, HOLE
from manuscript.references.vocabulary import GENRE, fold, is_place

_RANGE = r"(?:\d{1,5}|[ivxlc]{1,7}\b)(?:\s?[-–—‑‐−_]\s?(?:\d{1,5}|[ivxlc]{1,7}\b))?"
_ROMAN = r"(?:\d{1,4}(?:\s?[-–/]\s?\d{1,4})?|[IVXLCDM]{1,8}\b)"
_LOCATORS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "page",
        re.compile(
            rf"(?<![\w’'])(?:pp?|pages?|S|f|ff|folios?)(?:\.\s?|\s)(?P<page>{_RANGE}(?:\s?(?:,|\+|et|and|&|;)\s?{_RANGE}|\s\d{{1,5}}(?=\.?$)){{0,12}}(?:\s?(?:sq|sqq|ss|s|ff?)\b\.?)?)",
        ),
    ),
    (
        "volume",
        re.compile(
            rf"(?<![\w’'])(?:vol(?:umes?)?s?\b\.?|[Tt]omes?\b|[Tt]\.(?=\s?[\dIVX])|T(?=\s\d)|Bd\b\.?|Band\b|v\.(?=\s?\d))\s?(?P<volume>{_ROMAN})(?:\s?\((?P<issue>(?!(?:1[4-9]|20)\d\d\))\d{{1,4}})\))?",
            re.IGNORECASE,
        ),
    ),
    (
        "bracketed",
        re.compile(r"(?<!\d)(?<!\d\s)\(\s?(?P<volume>\d{1,4})\s?\)(?=\s?[,:]\s?(?:(?:pp?\.)?\s?\d|[\ue100-\uf8ff]))"),
    ),
    (
        "volpages",
        re.compile(
            rf"(?<![\w/])(?P<volume>\d{{1,4}})\s?\(\s?(?P<issue>[^()]{{1,20}})\)(?:\s?(?:[:,]\s?)?(?:(?<=:)|(?<=:\s)|pp?\.\s?|(?=\d+\s?[-–—‑‐−]))(?P<page>{_RANGE}))?(?![\w°])"
        ),
    ),
    ("slash", re.compile(r"(?<![\w/])(?P<volume>\d{1,3})\s?/\s?(?P<issue>\d{1,3}(?:[-–]\d{1,3})?)(?![\w/])")),
    (
        "colonpages",
        re.compile(
            r"(?<![\w/])(?P<volume>\d{1,4})\s?(?::\s?(?P<issue>\d{1,3})\s?)?[:]\s?(?P<page>\d{1,5}\s?[-–—‑‐−]\s?\d{1,5})(?!\w)"
        ),
    ),
    (
        "extent",
        re.compile(
            r"(?<![\w’'])(?P<extent>(?:[ivxlc]{1,6}\s?[-+]\s?)?\d{1,5})\s?(?:pages|pp|p|f|ff)\b(?:\.|(?=[\s,;)\]]|$))"
        ),
    ),
    (
        "issue",
        re.compile(
            r"(?<![\w’'])(?:n\s?[°ºᵒ]s?|n[°ºo]s\.?|n(?=\d)|no\.?(?=\s?\d)|nos\.?(?=\s?\d)|num[ée]ros?|n\.(?=\s?\d)|nr\.?|issues?|fasc(?:icules?)?\b\.?"
            r"|cahier|Heft|Article|art\.)\s?(?P<issue>(?:hors[- ]s[ée]rie|sp[ée]cial|\d{1,6}(?:[-–/.]\w{1,6}|\s?(?:et|and|&)\s?\d{1,5})?(?:\s?bis)?))"
            r"(?:\s?\((?P<sub>(?!(?:1[4-9]|20)\d\d\))\d{1,4})\))?(?:\s?:\s?(?P<page>\d{1,5}\s?[-–—‑‐−]\s?\d{1,5}))?",
            re.IGNORECASE,
        ),
    ),
    (
        "edition",
        re.compile(
            r"(?<![\w’'])(?P<edition>(?:\d{1,2}\s?(?:e|è|ème|eme|ère|re|er|st|nd|rd|th|°)|(?:nouvelle|deuxième|seconde|troisième|première|new|second|third|revised|rev\.|1re))"
            r"\s?(?:[ée]d(?:ition|n|it)?\b\.?)(?:\s?(?:revue|corrigée|augmentée|mise à jour|revised|rev\.)(?:\set\s\w+)?)?|(?:1[4-9]|20)\d\d\s?ed\.|r[ée]{1,2}[ée]d\.?(?:ition)?\s?(?:\d{4})?)",
            re.IGNORECASE,
        ),
    ),
    (
        "series",
        re.compile(
            r"(?<![\w’'])[Cc]oll(?:ection\s|\.\s?)(?:[«“\"]\s?)?(?P<series>[^,;()«»“”\"\ue000-\uf8ff]{2,90})(?:\s?[»”\"])?"
        ),
    ),
    (
        "arxiv",
        re.compile(r"(?:\barXiv\s(?:preprint\s)?)?\barXiv\s?:\s?(?P<number>\d{4}\.\d{4,5}(?:v\d+)?)", re.IGNORECASE),
    ),
    ("year-word", re.compile(r"(?<![\w’'])(?P<drop>\d{1,3}\s?(?:e|è|°|ème)\s(?:année|série))(?!\w)")),
    (
        "online",
        re.compile(
            r"(?P<drop>[(\[]\s?(?:en\sligne|online|web|internet|url)\s?(?:[)\]]|(?=[:\ue000\ue100-\uf8ff(]))\s?:?"
            r"|(?<![\w’'])(?:disponible|available|(?:document\s)?t[ée]l[ée]accessible|accessible|rep[ée]r[ée]|r[ée]cup[ée]r[ée]|retrieved|lire|voir|lien|adresse|url|en\sligne|online|web)"
            r"(?:\s(?:sur\s(?:le\ssite(?:\sweb)?|internet)|sur|en\sligne|à\sl['’]adresse|à|online|at|from|depuis))?(?:\s?:)?(?=\s*(?:[:\ue000]|$))"
            r"|(?<=[.,;]\s)(?:en\sligne|online|in\spress|à\spara[îi]tre|sous\spresse|forthcoming)(?=\s?[.,;:]|$))",
            re.IGNORECASE,
        ),
    ),
    ("pagerange", re.compile(r"(?<![\w/°.’'-])(?P<page>\d{1,5}\s?[-–—‑‐−]\s?\d{1,5})(?![\w/°-])")),
)
_ABBREVIATIONS = frozenset(
    [
        "p",
        "pp",
        "vol",
        "n",
        "no",
        "t",
        "éd",
        "ed",
        "eds",
        "dir",
        "coll",
        "trad",
        "al",
        "st",
        "mt",
        "dr",
        "m",
        "mm",
        "mme",
        "mlle",
        "pr",
        "prof",
        "cf",
        "ca",
        "fasc",
        "art",
        "chap",
        "fig",
        "av",
        "apr",
        "sp",
        "spp",
        "dept",
        "univ",
        "rev",
        "bull",
        "j",
        "jr",
        "sr",
        "vs",
        "etc",
        "ep",
        "op",
        "cit",
        "ibid",
        "s",
        "d",
        "b",
        "r",
        "ed.",
        "ann",
        "mém",
        "mem",
        "soc",
        "nat",
        "hist",
        "sci",
        "int",
        "acad",
        "inst",
        "proc",
        "trans",
        "am",
        "lit",
        "lett",
        "arch",
        "mar",
    ]
)
_BEFORE_NAMES = frozenset(
    [
        "par",
        "by",
        "and",
        "und",
        "avec",
        "with",
        "chez",
        "dans",
        "from",
        "pour",
        "von",
        "van",
        "der",
        "dir",
        "trad",
        "eds",
    ]
)
_TAIL_WORD = re.compile(
    r"(?:journal-article|thèse|mémoire de|thesis|trad|éd\.|ed\.|eds\.|coll\.|dir\.|vol\.|n°|no\.|pp?\.|in:)"
)
_BRACKETED_MARKS = re.compile("[(\\[]\\s?((?:[\ue100-\uf8ff][\\s,;.:]{0,3}){1,4})[)\\]]")
_OPEN = {"«": "»", "“": "”", "(": ")", "[": "]", EMPHASIS_OPEN: EMPHASIS_CLOSE}
_CLOSE = {v: k for k, v in _OPEN.items()}
MARK = 0xE100
"""The first of the private-use characters that stand for the pieces already taken."""


@dataclass
class Piece:
    """One piece of an entry: its kind ("text" or a locator's), its text, and the mark that stands before it."""

    kind: str
    text: str
    before: str
    values: dict[str, str]


class Mark(NamedTuple):
    """A locator taken out of the text."""

    kind: str
    text: str
    values: dict[str, str]
    date: dates.Date | None = None


class Board:
    """A text in which certain pieces are replaced, one after another, by a private-use character each."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.marks: list[Mark] = []

    def put(self, start: int, end: int, mark: Mark) -> None:
        """Replace text[start:end] by the character of a new mark."""
        if len(self.marks) < 400:
            self.marks.append(mark)
            self.text = f"{self.text[:start]}{chr(MARK + len(self.marks) - 1)}{self.text[end:]}"

    def add(self, mark: Mark) -> str:
        """The character of a new mark that stands nowhere in the text yet."""
        self.marks.append(mark)
        return chr(MARK + len(self.marks) - 1)

    def mark_of(self, char: str) -> Mark | None:
        """The mark a character stands for."""
        number = ord(char) - MARK
        return self.marks[number] if 0 <= number < len(self.marks) else None

    def restore(self, text: str) -> str:
        """The text with every mark printed again."""
        return "".join(m.text if len(c) == 1 and (m := self.mark_of(c)) else c for c in text)


def _is_years(text: str) -> bool:
    ends = re.findall(r"\d+", text)
    return len(ends) == 2 and all(len(e) == 4 and 1400 <= int(e) <= 2099 for e in ends)


def take_locators(board: Board, start: int = 0, dated: bool = False) -> None:
    """Take dates, volumes, issues, pages, editions, series and phrases like "en ligne" out of the board's text."""
    for kind, pattern in (("no-date", dates.NO_DATE), ("date", dates.FULL_DATE)):
        position = start
        while (match := pattern.search(board.text, position)) is not None and len(board.marks) < 300:
            position = match.end()
            ahead, behind = board.text[match.end() :].lstrip()[:1], board.text[: match.start()].rstrip()[-1:]
            framed = (
                not behind
                or behind in ",.;:([)»”\"'–—-"
                or behind >= "\ue000"
                or match[0][:1] in "(["
                or match[0][0] in "Ppml"
            )
            if kind == "date" and not framed and (dated or not (not ahead or ahead in ",.;)")):
                continue
            if kind == "date" and not framed and re.search(dates.YEAR, board.text[match.end() :]):
                continue
            date = dates.Date(()) if kind == "no-date" else dates.from_full(match)
            if kind == "no-date" and match[1]:
                date = dates.Date((), match[1].lower())
            board.put(match.start(), match.end(), Mark("date", match[0], {}, date))
            position = match.start() + 1
    for kind, pattern in _LOCATORS:
        position = start
        while (match := pattern.search(board.text, position)) is not None and len(board.marks) < 300:
            position = max(match.end(), match.start() + 1)
            if kind in ("pagerange", "colonpages") and _is_years(match["page"]):
                continue
            if kind == "slash" and not re.match(
                r"\s*(?:[,.;)]|$|[\ue100-\uf8ff]|\(?\d{4}|pp?\.)", board.text[match.end() : match.end() + 8]
            ):
                continue
            if kind == "pagerange" and not re.match(
                r"\s*(?:[,.;)\]]|$|[\ue000-\uf8ff])", board.text[match.end() : match.end() + 3]
            ):
                continue
            if kind == "volpages" and re.fullmatch(dates.YEAR, match["volume"]):
                continue
            if kind == "volpages" and not re.fullmatch(r"[\d\s\-–/A-Za-z.°]*", match["issue"]):
                continue
            values = {k: v.strip() for k, v in match.groupdict().items() if v}
            board.put(match.start(), match.end(), Mark(kind, match[0], values))
            position = match.start() + 1
    position = start
    while (match := dates.YEAR_ONLY.search(board.text, position)) is not None and len(board.marks) < 300:
        position = match.end()
        before = board.text[: match.start()].rstrip()[-1:]
        after = board.text[match.end() :].lstrip()[:1]
        if (not before or before in ",.;:([–—-»”\"'" or before >= "\ue000") and (
            not after or after in ",.;:)]–—-([" or after >= "\ue000" or before in "(["
        ):
            board.put(match.start(), match.end(), Mark("date", match[0], {"loose": "1"}, dates.from_year(match)))
            position = match.start() + 1


def _stops(text: str, i: int) -> bool:
    """Whether the full stop at i ends a sentence: not an initial, not an abbreviation, and something begins after it."""
    rest = text[i + 1 : i + 4]
    if not rest.strip():
        return True
    if not (rest[0] == " " or rest[0] in "»”\"'’)]" or rest[0] >= "\ue000"):
        return False
    following = rest.lstrip(" »”\"'’)]")[:1]
    head = text[max(0, i - 16) : i]
    word = re.search(r"([^\s.,;:()«»“”\"'’]+)$", head)
    if word is None:
        return True
    last = word[1]
    if re.fullmatch(r"[-‑]?[^\W\d_]", last) and last.isupper():
        # "à grand V. Revue" ends a sentence; "par J. Roux" does not.
        previous = re.search(r"([^\W\d_]+)\s$", head[: len(head) - len(last)])
        return bool(previous) and previous[1].islower() and len(previous[1]) > 2 and previous[1] not in _BEFORE_NAMES
    if re.fullmatch(r"(?:[^\W\d_]\.?[-‑]?)+", last) and len(last) <= 2 and last.isupper():
        return True
    if last.lower() in _ABBREVIATIONS:
        return False
    if (
        len(last) <= 5
        and last[0].isupper()
        and re.search(r"(?:^|\s)[A-ZÀ-Þ]\w{0,5}\.\s$", head[: len(head) - len(last)])
    ):
        # "J. Bot. Soc. Bot. France": the shortened name of a journal.
        return not following.isupper()
    if last.isdigit() and len(last) <= 2 and head.rstrip(last).rstrip()[-1:] in ("", "."):
        return False
    return not following.islower() or bool(_TAIL_WORD.match(text[i + 1 : i + 20].lstrip()))


def split(board: Board, text: str) -> list[Piece]:
    """Cut a text, with its marks, at full stops, commas, semicolons and spaced dashes outside brackets and quotes."""
    pieces: list[Piece] = []
    depth: list[str] = []
    # "(2009)", "(pp. 12-30)": a bracket that holds nothing but marks is those marks.
    text = _BRACKETED_MARKS.sub(r" \1 ", text)
    counts = {c: text.count(c) for c in "«»“”()[]" + EMPHASIS_OPEN + EMPHASIS_CLOSE}
    current: list[str] = []
    before = ""

    def close(mark: str) -> None:
        nonlocal before, current
        body = "".join(current).strip(" ,;")
        if body.strip(" .:-–—()[]"):
            pieces.append(Piece("text", body, before, {}))
            before = mark
        elif mark and (mark == "." or before in ("", " ")):
            before = mark
        current = []

    for i, char in enumerate(text):
        if char in _OPEN and counts[char] == counts[_OPEN[char]]:
            depth.append(_OPEN[char])
            current.append(char)
        elif char in _CLOSE and counts[char] == counts[_CLOSE[char]]:
            if depth:
                depth.pop()
            current.append(char)
        elif char == HOLE or (mark := board.mark_of(char)) is not None:
            if depth and char != HOLE:
                current.append(char)
                continue
            close(before if not pieces else "")
            found = Mark("hole", "", {}) if char == HOLE else board.mark_of(char)
            if found:
                pieces.append(Piece(found.kind, char, before, found.values))
                before = " "
        elif depth:
            current.append(char)
        elif char == "." and _stops(text, i):
            current.append(char)
            close(".")
        elif (char in ",;" and text[i + 1 : i + 2] in ("", " ", *map(chr, range(0xE000, 0xE003)))) or (
            char in ",;" and text[i + 1 : i + 2] >= "\ue000"
        ):
            close(char)
        elif char in "-–—|" and text[i - 1 : i] == " " and text[i + 1 : i + 2] == " " and char in "–—":
            close("-")
        else:
            current.append(char)
    close("")
    return [p for p in pieces if p.kind != "text" or p.text.strip(" .:-–—()[]")]


def looks_place_publisher(text: str) -> re.Match[str] | None:
    """Match "Paris, France : Un éditeur": a place of one to four capitalised words, a colon, a publisher."""
    match = re.match(
        r"^[(\[]?\s*(?P<place>[^:;()«»\d]{2,60}?)\s?:\s?(?P<publisher>[^\s:«“\"(][^:]{0,119}?)[)\]]?\.?$", text
    )
    if not match:
        return None
    place = match["place"].strip()
    if is_place(place):
        return match
    words = re.findall(r"[^\W\d_][\w’'.-]*", place)
    small = {
        "de",
        "la",
        "le",
        "les",
        "du",
        "sur",
        "en",
        "et",
        "and",
        "of",
        "am",
        "an",
        "der",
        "d",
        "l",
        "the",
        "sous",
        "lès",
        "aux",
    }
    if 0 < len(words) <= 5 and all(w[0].isupper() or w.lower() in small for w in words) and words[0][0].isupper():
        if match["publisher"][0].isupper() or match["publisher"][:2] in ("l'", "l’", "s."):
            return match
    return None


def is_genre(text: str) -> bool:
    """Whether a piece says what kind of unpublished work this is."""
    return bool(GENRE.match(fold(text).strip(" [(")))
