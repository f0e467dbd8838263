"""Bibliographies: entries cut out of a list, parsed to CSL-JSON, and the citations of the text tied to them.

Pure functions; no clock, no network, no file access. Everything is linear in the size of its input.
"""

from manuscript.references.citations import Citation, link_citations
from manuscript.references.exchange import read_bibtex, read_csl_json, read_ris
from manuscript.references.json_list import references_as_json
from manuscript.references.listing import parse_references
from manuscript.references.parse import parse_reference
from manuscript.references.split import Entry, split_entries

__all__ = [
    "Citation",
    "Entry",
    "link_citations",
    "parse_reference",
    "parse_references",
    "read_bibtex",
    "read_csl_json",
    "read_ris",
    "references_as_json",
    "split_entries",
]
