"""What, in what, by whom published: the part of an entry after its names and date.

before: « Un titre », in A. Roux (dir.), Un recueil, Paris, L'Atelier, 2010, p. 12-34.
after:  title, container-title, editor, publisher-place, publisher, issued, page

The certain pieces are taken first (``segments``); the texts left over are then shared out: the title stands first, the
container before volume, issue and pages, publisher and place beside each other.
"""

from __future__ import annotations

import re
from typing import Any

from manuscript.references import dates, names, quotes
from manuscript.references.markup import EMPHASIS_CLOSE, EMPHASIS_OPEN, strip_emphasis
from manuscript.references.segments import Board, Mark, Piece, is_genre, looks_place_publisher, split, take_locators
from manuscript.references.sites import names_site
from manuscript.references.vocabulary import COUNTRIES, fold, is_institution, is_journal, is_place, is_publisher

_IN = re.compile(
    r"(?:(?:^|(?<=[.,;:?!»”\"’')\]…\ue000-\uf8ff])\s*|(?<=\w)\s)(?P<in>[Ii]n|IN|[Dd]ans)(?:\s?:|\s|(?=[\ue001«]))\s*(?=[A-ZÀ-ÞŒ«“\"\ue001‘'0-9]))"
)
_EDITED_BY = re.compile(
    r"[,.(\[]?\s?\b(?:(?:[ÉéEe]dités?|éditées?|[Ee]dited|[Dd]irigée?s?|coordonnée?s?|publiée?s?|établie?s?|présentée?s?|études réunies(?: et présentées)?|textes réunis(?: et présentés)?|[Tt]ranslated|[Tt]raduite?s?(?: (?:de l['’]\w+|du \w+))?|trad\.|tr\.|sous la (?:direction|dir\.)|ss (?:la )?dir\.|dir\.|éd\.|eds?\.|(?<=[.,]\s)(?:[ÉE]ds?\.|Trans\.|Trad\.))(?:\s(?:par|by|de|d['’]))?)\s+(?=[A-ZÀ-Þ])",
)
_JOURNAL_KINDS = frozenset(("number", "bracketed", "volpages", "slash", "colonpages", "volume", "issue", "pagerange"))


_PLACE_YEAR = re.compile(
    rf"(?P<place>[A-ZÀ-Þ][^\W\d]+(?:[-’' /,]{{1,2}}[A-ZÀ-Þ]?[^\W\d]+){{0,3}})\s(?P<year>{dates.YEAR})(?P<more>\s\(.{{2,120}}\))?\.?"
)
_IMPRINT_BRACKET = re.compile(
    rf"\((?:[^():;]{{0,30}};\s)?(?P<imprint>[^\W\d_][^():]{{1,60}}:\s[^():]{{2,100}},\s{dates.YEAR})\)"
)


class Fields(dict[str, Any]):
    """The CSL fields found so far; the first finding of a field stays."""

    def add(self, key: str, value: str) -> None:
        """Set a field that is still free."""
        value = strip_emphasis(value).strip(" ,;:–—-")
        value = re.sub(r"\s+", " ", value)
        if value and key not in self:
            self[key] = value

    def remember(self, text: str) -> None:
        """Keep what found no field of its own as a note."""
        text = strip_emphasis(text).strip(" ,;:.–—-")
        if text:
            self["note"] = f"{self['note']} ; {text}" if "note" in self else text


def clean_title(text: str) -> str:
    """A title without the marks around it: emphasis, the full stop, the quotation marks that enclose it whole."""
    text = strip_emphasis(text).strip()
    quoted = quotes.take_quoted(text) if quotes.opening(text) else None
    if quoted and not quoted[1].strip(" .,;"):
        text = quoted[0]
    text = text.strip(" ,;:–—")
    text = re.sub(r"^[-–—]\s+", "", text)
    return re.sub(r"(?<![.…\s])\.$", "", text).strip()


def read_body(text: str, title: str, mark: str, dated: bool, url: str | None) -> Fields:
    """Read the body. ``title`` is known already where the entry opens with it; ``mark`` leads to the body."""
    fields = Fields()
    text = text.strip()
    if not title:
        title, text = _title_in_marks(text)
        text = text.strip()
    if title:
        fields.add("title", clean_title(title))
    found = _IN.search(text, 0 if title else 8)
    if found and not title and not _sound_in(text, found):
        found = None
    before_in = text[: found.start()] if found else text
    if found and (title or before_in.strip(" .,")):
        container = text[found.end() :]
        if not title:
            _read_title_part(fields, before_in, mark, url)
        elif before_in.strip(" .,;:"):
            fields.remember(before_in) if not re.search(r"\d", before_in) else _share(
                fields, before_in, mark, dated, url, known=True
            )
        _read_container(fields, container, dated, url)
        return fields
    _share(fields, text, mark, dated, url, known=bool(title))
    return fields


def _title_in_marks(text: str) -> tuple[str, str]:
    """The title between quotation marks or in italics at the start of a body."""
    if text[:1] == EMPHASIS_OPEN and EMPHASIS_CLOSE in text:
        inner, _, after = text[1:].partition(EMPHASIS_CLOSE)
        if not re.match(r"\s+[a-zà-ÿ]", after) or re.match(r"\s+(?:in|dans|par|by)\s", after):
            return inner, after
    if quotes.opening(text):
        split_quote = quotes.take_quoted(text)
        if split_quote and len(split_quote[0]) > 1:
            after = split_quote[1]
            lower = re.match(r"\s+[a-zà-ÿ](?![\w-]*\.\w{2,4}\b)", after) and not re.match(
                r"\s+(?:in|dans|sur|éd|n°|vol|p\.|pp\.|t\.|consult|url|disponible|avec|coll)", after
            )
            colon = re.match(r"\s?:\s\w", after) and "," in after[:80]
            if not lower and not colon:
                return split_quote
    return "", text


def _sound_in(text: str, match: re.Match[str]) -> bool:
    """Whether "in" before a capital leads to a container: a mark stands before it, or editors stand after it."""
    before = text[: match.start("in")].rstrip()[-1:]
    if before in ".,;:?!»”\"’')]…" or before >= "\ue000":
        return match["in"] != "In" or before in ".?!»”\"’')]…;," or before >= "\ue000"
    return bool(re.match(r"[^()]{3,120}\((?:[ée]ds?|dirs?|hrsg|hg|coord)\.?s?\)", text[match.end() :], re.IGNORECASE))


def _read_title_part(fields: Fields, text: str, mark: str, url: str | None) -> None:
    """The title before "In", with what may stand between (a date, a translator)."""
    board = Board(text)
    take_locators(board, min(len(text), 12))
    pieces = split(board, board.text)
    kept: list[str] = []
    for index, piece in enumerate(pieces):
        if piece.kind == "text" and not any(p.kind == "date" for p in pieces[1:index]):
            kept.append(piece.text if not kept else _glue(piece) + piece.text)
        elif piece.kind != "text" and index == 0:
            kept.append(board.restore(piece.text))
        else:
            _take_mark(fields, board, piece)
    fields.add("title", clean_title(board.restore("".join(kept)) or board.restore(board.text)))


def _glue(piece: Piece) -> str:
    return {",": ", ", ".": " ", ";": "; ", "-": " – "}.get(piece.before, " ")


def _read_container(fields: Fields, text: str, dated: bool, url: str | None) -> None:
    """What stands after "In": editors perhaps, then the container, then its volume, place, publisher, pages."""
    found = names.read_names(text)
    editors: list[dict[str, Any]] = []
    if found.people:
        after = text[found.end :]
        starts = re.match(r"\s*[,:.;–]?\s*(?=[A-ZÀ-Þ«“\"\ue001'‘0-9])", after)
        if found.role or (found.sure and starts and re.match(r"\s*[,:]", after) and after.strip(" ,:")):
            editors, role = found.people, found.role or "container-author"
            fields["editor" if role == "editor" else role] = editors
            text = after[starts.end() :] if starts else after.lstrip(" ,.:;")
    if not editors:
        role_match = re.match(
            r"^(?P<names>[^()]{3,200}?)\s?[(\[]\s?(?:[ée]dit?s?|dirs?|hrsg|hg|coords?|editors?)\.?s?\s?[)\]]\.?,?\s*",
            text,
            re.IGNORECASE,
        )
        if role_match and role_match.end() < len(text):
            inner = names.read_names(role_match["names"] + ",")
            fields["editor"] = list(inner.people) or [names.literal(role_match["names"])]
            text = text[role_match.end() :]
    title, after = _title_in_marks(text)
    if title:
        fields.add("container-title", clean_title(title))
        _share(fields, after, "", dated, url, known=True)
        return
    _share(fields, text, "", dated, url, known=False, key="container-title")


def _take_edited(fields: Fields, text: str) -> str:
    """Take "édité par A. Roux" and "trad. de l'anglais par B. Petit" out of a text."""
    match = _EDITED_BY.search(text)
    if not match or match.start() < 4:
        return text
    found = names.read_names(text, match.end())
    if not found.people:
        return text
    key = "translator" if re.search(r"tra[dn]", fold(match[0])) or " tr." in match[0] else "editor"
    fields.setdefault(key, list(found.people))
    end = found.end
    if text[match.start()] in "([" and text[end : end + 1] in ")]":
        end += 1
    return f"{text[: match.start()]}{', ' if text[end:].strip(' .,)') else ''}{text[end:].lstrip(' .,)')}"


def _take_genre_bracket(fields: Fields, text: str) -> str:
    """Take "[mémoire inédit]" and "(thèse de doctorat)" out of a text."""
    for match in re.finditer(r"[(\[]([^()\[\]]{3,80})[)\]]", text):
        if is_genre(match[1]):
            fields.add("genre", match[1])
            return f"{text[: match.start()].rstrip()}{text[match.end() :]}"
    return text


def _take_mark(fields: Fields, board: Board, piece: Piece) -> None:
    """Enter a certain piece into the fields."""
    mark = board.mark_of(piece.text) if len(piece.text) == 1 else None
    if piece.kind == "date" and mark and mark.date is not None:
        dates_found = fields.setdefault("_dates", [])
        dates_found.append((mark.date, bool(mark.values.get("loose"))))
        return
    values = dict(piece.values)
    if "sub" in values:
        fields.add("volume", values.pop("issue"))
        fields.add("issue", values.pop("sub"))
    for key in ("volume", "issue", "edition"):
        if key in values:
            fields.add(key, values[key])
    if "page" in values:
        fields.add("page", re.sub(r"\s?[-–—‑‐−_]\s?", "-", values["page"]))
    if "series" in values:
        fields.add("collection-title", board.restore(values["series"]))
    if "extent" in values:
        fields.add("number-of-pages", values["extent"])


def _share(
    fields: Fields, text: str, mark: str, dated: bool, url: str | None, *, known: bool, key: str = "title"
) -> None:
    """Share the pieces of a text out among the fields; ``key`` is the field of the leading text unless ``known``."""
    text = _take_genre_bracket(fields, _take_edited(fields, text))
    # "Title (Paris: House, 1998), 34": the imprint of footnote styles, without its brackets.
    text = _IMPRINT_BRACKET.sub(r", \g<imprint>, ", text, count=1)
    board = Board(text)
    take_locators(board, 0 if known else min(2, len(text)), dated)
    pieces = _refine(board, split(board, board.text), known)
    lead = 0
    if not known:
        lead = _tail_start(board, pieces, dated)
        front, tail = pieces[:lead], pieces[lead:]
        if front and front[0].kind != "text":
            # A title that opens with a number or a date.
            front[0] = Piece("text", front[0].text, front[0].before, {})
    else:
        front, tail = [], pieces
    journal = any(p.kind in _JOURNAL_KINDS for p in tail) or any(p.kind == "page" for p in tail)
    place_at = next((i for i, p in enumerate(tail) if p.kind in ("place", "imprint")), None)
    if not known:
        front = _split_at_question(front, journal)
        container = _container_start(board, front, tail, mark, journal, place_at is not None, key, url)
        title = _assemble(board, front[:container])
        fields.add(key, clean_title(title))
        rest = front[container:]
        if rest:
            _enter_second(fields, board, rest, tail, journal, place_at is not None, key, url)
    _read_tail(fields, board, tail, known, journal, url)


def _split_at_question(front: list[Piece], journal: bool) -> list[Piece]:
    """Before volume and pages, "Title ? Journal" is two pieces."""
    if not journal or not front or front[-1].kind != "text" or (len(front) > 1 and front[-1].before == "."):
        return front
    match = re.fullmatch(r"(?P<title>.{8,}\s?[?!…»])\s+(?P<journal>[A-ZÀ-Þ][^?!]{2,120})", front[-1].text)
    if not match:
        return front
    return [*front[:-1], Piece("text", match["title"], front[-1].before, {}), Piece("text", match["journal"], ".", {})]


def _assemble(board: Board, pieces: list[Piece]) -> str:
    out = ""
    for index, piece in enumerate(pieces):
        out += piece.text if not index else _glue(piece) + piece.text
    return board.restore(out)


def _refine(board: Board, pieces: list[Piece], known: bool) -> list[Piece]:
    """Say of each text what its own words say: a place, "Paris : Seuil", a genre, a bare number, a bracket."""
    out: list[Piece] = []
    for index, piece in enumerate(pieces):
        first = index == 0 and not known
        text = piece.text
        if piece.kind != "text":
            out.append(piece)
            continue
        bare = text.strip(" .")
        if re.fullmatch(r"\d{1,4}", bare) and not first:
            kind = "series-number" if out and out[-1].kind == "series" else "number"
            out.append(Piece(kind, bare, piece.before, {"number": bare}))
        elif out and out[-1].kind == "place" and fold(bare) in COUNTRIES:
            out[-1] = Piece("place", f"{out[-1].text}, {bare}", out[-1].before, {})
        elif not first and is_genre(bare) and len(bare) < 160:
            out.append(Piece("genre", text, piece.before, {}))
        elif not first and (match := looks_place_publisher(strip_emphasis(text))):
            place = match["place"]
            if out and out[-1].kind == "place" and fold(place) in COUNTRIES:
                place = f"{out.pop().text}, {place}"
            out.append(Piece("imprint", text, piece.before, {"place": place, "publisher": match["publisher"]}))
        elif not first and (is_place(bare) or re.fullmatch(r"s\.\s?l\.?", bare)):
            out.append(Piece("place", bare, piece.before, {}))
        elif (
            not first
            and (match := _PLACE_YEAR.fullmatch(text))
            and (is_place(match["place"]) or (piece.before == "," and " " not in match["place"]))
        ):
            out.append(Piece("place", match["place"], piece.before, {}))
            found = dates.YEAR_ONLY.search(match["year"])
            if found:
                out.append(Piece("date", board.add(Mark("date", found[0], {}, dates.from_year(found))), " ", {}))
            if match["more"]:
                out.append(Piece("bracket", match["more"], " ", {}))
        elif not first and re.fullmatch(r"[(\[].*[)\]]\.?", text, re.DOTALL):
            out.append(Piece("bracket", text, piece.before, {}))
        else:
            out.append(piece)
    return out


def _tail_start(board: Board, pieces: list[Piece], dated: bool) -> int:
    """The first piece that cannot belong to title or container any more."""
    start = next((i for i, p in enumerate(pieces) if p.kind == "text"), 0) + 1
    for index in range(start, len(pieces)):
        piece = pieces[index]
        if piece.kind in ("text", "bracket"):
            continue
        if piece.kind in ("volume", "year-word", "online", "number") and index + 1 < len(pieces):
            following = pieces[index + 1]
            later = [
                p for p in pieces[index + 1 :] if p.kind in _JOURNAL_KINDS or p.kind in ("page", "imprint", "place")
            ]
            # "Histoire, tome I. La Renaissance, Paris": the volume is inside the title.
            if following.kind == "text" and later and piece.kind != "online" and following.before in ".:" and index < 3:
                continue
            if following.kind == "text" and piece.kind == "volume" and _text_after_place(pieces[index + 2 :]):
                continue
            if following.kind == "text" and piece.kind == "volume" and re.match(r":|[a-zà-ÿ]+\s", following.text):
                continue
        if piece.kind == "date" and piece.values.get("loose"):
            later_texts = [p for p in pieces[index + 1 :] if p.kind == "text"]
            other_date = any(p.kind == "date" for p in pieces[index + 1 :])
            if later_texts and (other_date or dated) and index + 1 < len(pieces) and pieces[index + 1].kind == "text":
                continue
        return index
    return len(pieces)


def _container_start(
    board: Board,
    front: list[Piece],
    tail: list[Piece],
    mark: str,
    journal: bool,
    placed: bool,
    key: str,
    url: str | None,
) -> int:
    """Where the container or publisher begins among the leading texts; len(front) where all of them are the title."""
    texts = [i for i, p in enumerate(front) if i and p.kind == "text" and _begins(p.text)]
    if not texts:
        return len(front)
    stops = [i for i in texts if front[i].before == "."]
    commas = [i for i in texts if front[i].before in ",;"]
    emphasised = [i for i in texts if front[i].text.startswith(EMPHASIS_OPEN)]
    if emphasised:
        return emphasised[-1]
    by_comma = bool(commas) and (mark == "," or not stops or (mark in ":" and stops[-1] < commas[-1]))
    if mark in (".", "") and stops:
        by_comma = False
    choice = commas[-1] if by_comma else stops[-1] if stops else None
    if choice is None:
        return len(front)
    if by_comma:
        # "Revue d'essai, Série B": keep together what the journal's own words open.
        for i in commas[-3:-1]:
            if is_journal(front[i].text) and not is_journal(front[choice].text) and journal:
                choice = i
                break
    text = board.restore(_assemble(board, front[choice:]))
    if journal and not placed:
        if key == "container-title":
            return choice if is_publisher(text) else len(front)
        if not by_comma and stops and mark == "," and not is_journal(text) and commas:
            return choice
        return choice
    words = len(text.split())
    if placed and not journal:
        following = _text_after_place(tail)
        if (
            by_comma
            and following
            and words == 1
            and len(front) - choice == 1
            and tail[0].kind == "place"
            and len(tail) > 2
        ):
            return choice
        if key == "title" and by_comma and not following and (words <= 6 or is_publisher(text)):
            return choice
        if not by_comma and is_publisher(text) and words <= 6 and not following:
            return choice
        return len(front)
    if placed and journal:
        following = _text_after_place(tail)
        if key == "container-title" and not by_comma and not is_publisher(text):
            return len(front)
        if words <= 25 and (key == "title" or not following):
            return choice
        return len(front)
    # Nothing but a date, an address or the end follows.
    shape = _name_shape(text)
    if names_site(text, url) and words <= 12:
        return choice
    if by_comma:
        if key == "title" and len(commas) >= 2 and not url:
            pair = front[commas[-2]].text
            if commas[-2] + 1 == commas[-1] and len(pair.split()) <= 2 and words <= 3 and _name_shape(pair) and shape:
                return commas[-2]
        return choice if (is_publisher(text) and words <= 8) or (shape and words <= 3 and bool(tail)) else len(front)
    if is_publisher(text) or is_journal(text) or is_institution(text):
        return choice if words <= 12 and (shape or words <= 6) else len(front)
    return choice if shape and words <= 6 else len(front)


def _begins(text: str) -> bool:
    """Whether a text can begin a container: a capital, a figure, an opening mark."""
    bare = strip_emphasis(text).lstrip("«“\"'‘’([ ")
    return bool(bare) and (
        bare[0].isupper()
        or text[:1] == EMPHASIS_OPEN
        or (bare[0].isdigit() and not re.match(r"\d+\s?(?:e|è|er|ère|re|°|st|nd|rd|th|ème)\b", bare))
        or bool(re.match(r"[a-z]+\.[a-z]{2,}|[a-z]{1,2}[A-Z]", bare))
    )


def _name_shape(text: str) -> bool:
    """Whether most of the long words have capitals, as in the name of a journal or a house, and no sentence mark stands."""
    if re.search(r"[?!\[\]]|\d{2}|['’]s\s|:\s", text):
        return False
    words = [w for w in re.findall(r"[^\W\d_][\w’'.-]*", text)]
    long_words = [w for w in words if len(w) > 3] or words
    return bool(words) and sum(w[0].isupper() for w in long_words) >= 0.6 * len(long_words)


def _text_after_place(tail: list[Piece]) -> bool:
    for index, piece in enumerate(tail):
        if piece.kind == "imprint":
            return True
        if piece.kind == "place":
            return any(p.kind == "text" for p in tail[index + 1 : index + 3])
    return False


def _enter_second(
    fields: Fields,
    board: Board,
    pieces: list[Piece],
    tail: list[Piece],
    journal: bool,
    placed: bool,
    key: str,
    url: str | None,
) -> None:
    """Enter the texts after the title: a container or a publisher, after what stands around them."""
    text = _assemble(board, pieces)
    bare = clean_title(text)
    texts = [p for p in pieces if p.kind == "text"]
    if key == "container-title":
        fields.add("publisher", bare)
        return
    if journal:
        if placed and is_publisher(bare) and not is_journal(bare):
            fields.add("publisher", bare)
            return
        _enter_container(fields, bare)
        return
    if placed:
        if _text_after_place(tail):
            fields.add("publisher-place", f"{bare}, {tail[0].text}")
        else:
            fields.add("publisher", bare)
        return
    if (
        not url
        and len(texts) == 2
        and texts[1].before == ","
        and len(texts[0].text.split()) <= 2
        and not is_publisher(texts[0].text)
    ):
        fields.add("publisher-place", texts[0].text)
        fields.add("publisher", texts[1].text)
        return
    if (is_publisher(bare) and not is_journal(bare)) or (not url and not is_journal(bare)):
        fields.add("publisher", bare)
    else:
        _enter_container(fields, bare)


def _enter_container(fields: Fields, text: str) -> None:
    """A container, without the volume and page numbers that may end it: "Bulletin 5 175"."""
    match = re.fullmatch(r"(?P<name>.*[^\W\d_][^\d]*?)[\s,]+(?P<volume>\d{1,3})(?:\s(?P<page>\d{1,4}))?", text)
    if match and len(match["name"]) > 3:
        fields.add("volume", match["volume"])
        if match["page"]:
            fields.add("page", match["page"])
        text = match["name"]
    fields.add("container-title", clean_title(text))


def _read_tail(fields: Fields, board: Board, tail: list[Piece], known: bool, journal: bool, url: str | None) -> None:
    """Read what follows title and container, piece by piece."""
    texts_left = [i for i, p in enumerate(tail) if p.kind == "text"]
    for index, piece in enumerate(tail):
        if piece.kind in ("hole", "online", "year-word"):
            continue
        if piece.kind == "place":
            fields.add("publisher-place", piece.text)
        elif piece.kind == "imprint":
            fields.add("publisher-place", piece.values["place"])
            fields.add("publisher", clean_title(board.restore(piece.values["publisher"])))
        elif piece.kind == "genre":
            fields.add("genre", clean_title(board.restore(piece.text)))
        elif piece.kind == "series-number":
            fields.add("collection-number", piece.text)
        elif piece.kind == "number":
            placed = "publisher" in fields or "publisher-place" in fields
            fields.add("page" if placed else "volume" if "volume" not in fields else "issue", piece.text)
        elif piece.kind == "bracket":
            _read_bracket(fields, board, piece)
        elif piece.kind == "text":
            _read_tail_text(fields, board, tail, index, known, journal, texts_left, url)
        else:
            _take_mark(fields, board, piece)


def _read_bracket(fields: Fields, board: Board, piece: Piece) -> None:
    """A bracket of its own: place and publisher, a series, or a note."""
    inner = board.restore(piece.text).strip(" .()[]")
    match = looks_place_publisher(inner)
    if match and is_place(match["place"]):
        fields.add("publisher-place", match["place"])
        fields.add("publisher", match["publisher"])
    elif is_genre(inner):
        fields.add("genre", inner)
    elif fields.get("publisher") or fields.get("publisher-place"):
        fields.add("collection-title", inner)
    else:
        fields.remember(inner)


def _read_tail_text(
    fields: Fields,
    board: Board,
    tail: list[Piece],
    index: int,
    known: bool,
    journal: bool,
    texts: list[int],
    url: str | None,
) -> None:
    """A text in the tail: after a known title the container, beside a place the publisher, else a note."""
    piece = tail[index]
    text = clean_title(board.restore(piece.text))
    day = dates.DAY_MONTH.match(text)
    if day:
        fields["_day"] = text
        return
    if piece.values.get("used"):
        return
    free_container = known and "container-title" not in fields
    placed = next((i for i, p in enumerate(tail) if p.kind in ("place", "imprint")), None)
    neighbours = [i for i in (index - 1, index + 1) if 0 <= i < len(tail) and tail[i].kind == "place"]
    if "genre" in fields and "publisher" not in fields and is_institution(text):
        fields.add("publisher", text)
        return
    if free_container and not (is_publisher(text) and not journal and not is_journal(text)):
        later = [i for i in texts if i > index]
        only = not later
        if neighbours and only and not journal and index - 1 in neighbours:
            fields.add("publisher", text)
            return
        # What goes on in small letters belongs to the name ("Travail, genre et société").
        out = board.restore(piece.text)
        for nxt in range(index + 1, len(tail)):
            following = tail[nxt]
            if following.kind != "text" or _begins(following.text) or dates.DAY_MONTH.match(following.text):
                break
            following.values["used"] = "1"
            out += _glue(following) + board.restore(following.text)
        _enter_container(fields, clean_title(out))
        return
    if "publisher" not in fields and (
        neighbours or placed is not None or is_publisher(text) or "genre" in fields or known
    ):
        fields.add("publisher", text)
        return
    if "publisher" not in fields and _begins(text) and len(text.split()) <= 6 and not journal and fields.get("title"):
        fields.add("publisher" if not url else "container-title", text)
        return
    if "container-title" not in fields and journal and _begins(text) and not known and not placed and is_journal(text):
        _enter_container(fields, text)
        return
    fields.remember(text)
