"""Bytes to text: which encoding, and whether it is text at all.

The mess: files saved by Word on a Mac of 2008, UTF-16 exports of Windows, a PDF or a zip renamed `.md`.

    b"\xff\xfe\xe9\x00"  ->  "é", encoding "utf-16-le"
    b"PK\x03\x04..."     ->  no text, and a sentence that says what the file is
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

MAX_BYTES = 20 * 1024 * 1024
"""A long book is 3 MB of text; beyond this the file is no manuscript."""

SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "un PDF"),
    (b"PK\x03\x04", "une archive zip, un document Word ou LibreOffice"),
    (b"PK\x05\x06", "une archive zip vide"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "un ancien document de Microsoft Office"),
    (b"\x89PNG\r\n\x1a\n", "une image PNG"),
    (b"\xff\xd8\xff", "une image JPEG"),
    (b"GIF8", "une image GIF"),
    (b"\x1f\x8b", "une archive gzip"),
    (b"7z\xbc\xaf\x27\x1c", "une archive 7-Zip"),
    (b"Rar!\x1a\x07", "une archive RAR"),
    (b"\x7fELF", "un programme"),
    (b"SQLite format 3\x00", "une base de données SQLite"),
    (b"{\\rtf", "un document RTF"),
)

BOMS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

_FRENCH = frozenset("àâäæçéèêëîïôöœùûüÿÀÂÇÉÈÊËÎÏÔŒÙÛÜ«»’‘“”–—…°€áíóúñß")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u2028\u2029\ufeff]")
_SURROGATES = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Decoded:
    text: str
    encoding: str
    problem: str = ""
    """A French sentence that says why there is no text; empty when there is."""
    repaired: int = 0
    """Characters that could not be read and were replaced."""


def decode(data: bytes) -> Decoded:
    """Text of the source with `\\n` line ends, or the reason why there is none. Never raises."""
    if len(data) > MAX_BYTES:
        size = len(data) / 1024 / 1024
        limit = MAX_BYTES // 1024 // 1024
        return Decoded("", "", f"Le fichier pèse {size:.0f} Mo ; la limite est de {limit} Mo.")
    for signature, what in SIGNATURES:
        if data.startswith(signature):
            return Decoded("", "", f"Ce fichier n’est pas du texte : c’est {what}, quel que soit son nom.")
    text, encoding = _decode(data)
    if text is None:
        return Decoded("", "", "Ce fichier n’est pas du texte : on n’y reconnaît aucun codage de caractères.")
    text = _SURROGATES.sub("\ufffd", text)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    controls = len(_CONTROLS.findall(text))
    if controls > 32 and controls > len(text) * 0.05:
        return Decoded("", "", "Ce fichier n’est pas du texte : il est plein de caractères de commande.")
    # A control character parts two words or stands between them: a space says the same and is harmless.
    return Decoded(_CONTROLS.sub(" ", text), encoding, "", controls + text.count("\ufffd"))


def _decode(data: bytes) -> tuple[str | None, str]:
    for bom, encoding in BOMS:
        if data.startswith(bom):
            name = "utf-8" if encoding == "utf-8-sig" else encoding
            return data.decode(encoding, errors="replace"), name
    wide = _wide(data)
    if wide:
        return data.decode(wide, errors="replace"), wide
    try:
        return data.decode("utf-8"), "ascii" if data.isascii() else "utf-8"
    except UnicodeDecodeError:
        pass
    lenient = data.decode("utf-8", errors="replace")
    broken = lenient.count("\ufffd")
    accents = sum(1 for c in lenient if c > "\x7f" and c != "\ufffd")
    if accents > 4 * broken or b"\xed\xa0" in data or b"\xed\xb0" in data:
        return lenient, "utf-8"
    if data.count(0) > len(data) * 0.02:
        return None, ""
    return _one_byte(data)


def _wide(data: bytes) -> str:
    """UTF-16 without its mark: in western text every other byte is zero."""
    sample = data[:4096]
    if len(sample) < 4:
        return ""
    half = len(sample) // 2
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > 0.7 * half and even < 0.1 * half:
        return "utf-16-le"
    if even > 0.7 * half and odd < 0.1 * half:
        return "utf-16-be"
    return ""


def _one_byte(data: bytes) -> tuple[str | None, str]:
    """The one-byte encoding in which the text has the most letters that French, and not Greek or boxes, uses."""
    sample = data[:200_000]
    best, best_name, best_score = None, "", -1.0
    high = sum(1 for b in sample if b > 0x7F) or 1
    for name in ("cp1252", "mac-roman", "latin-1"):
        text = sample.decode(name, errors="replace")
        score = sum(1 for c in text if c in _FRENCH) / high
        # Between letters only a letter or an apostrophe is likely.
        score += 0.5 * len(re.findall(r"(?<=[a-z])[àâçéèêëîïôœùûü’](?=[a-z ])", text)) / high
        if score > best_score:
            best, best_name, best_score = text, name, score
    if best is None or best_score < 0.3:
        return None, ""
    return data.decode(best_name, errors="replace"), best_name
