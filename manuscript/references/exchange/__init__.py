"""Reference files of other programs - BibTeX, RIS, CSL-JSON - as CSL items. Nothing here raises on bad input."""

from manuscript.references.exchange.bibtex import read_bibtex
from manuscript.references.exchange.csl_json import read_csl_json
from manuscript.references.exchange.ris import read_ris

__all__ = ["read_bibtex", "read_csl_json", "read_ris"]
