"""The JSON and Markdown forms of a reading that has something of everything."""

from __future__ import annotations

import json

from manuscript import Manuscript, read
from manuscript.export import to_markdown
from manuscript.interchange import as_json

TEXT = """---
title: Le jardin
author: Anne Petit
contributors: [{as: supervisor, name: Jean Roux}]
---

# 1. La terre

Voir la figure 1, l'annexe 1 et (Roux, 2021). Un mot<sup>1</sup>.

<sup>1</sup> Une note.

**Figure 1 :** La terre. Source : Atelier

| a | b |
|---|---|
| c | d |

: Table 1. Des lettres. Source : Atelier

### 1. Les vers

Texte.

# 2. L'eau

```
# rien
```

# Entretiens

## Cléa Martin, traductrice, Maison du livre

### Pourquoi ?

Parce que.

# Bibliographie

1. Roux, J. (2021). Attendre la pluie. Presses du Sud.
2. Petit, A. (2020). La terre noire. Éditions du Jardin.

# Annexes

## Annexe 1 : Les outils

Texte.
"""


def reading() -> Manuscript:
    return read(TEXT.encode(), name="jardin.md")


def test_json_has_the_form_of_the_schema() -> None:
    form = json.loads(json.dumps(as_json(reading())))
    assert form["schema"] == "manuscript/1"
    assert form["metadata"]["authors"] == [{"family": "Petit", "given": "Anne"}]
    assert form["metadata"]["contributors"][0] == {"role": "supervisor", "name": {"family": "Roux", "given": "Jean"}}
    assert form["figures"][0]["number"] == 1
    assert form["figures"][0]["credit"] == "Atelier"
    assert form["tables"][0]["caption"] == "Des lettres"
    assert form["footnotes"] == [{"key": "1", "number": 1, "reference_line": 9, "line": 11, "text": "Une note."}]
    titles = [section["title"] for section in form["sections"]]
    targets = {row["text"]: row["target"] for row in form["cross_references"]}
    assert targets == {"figure 1": 1, "annexe 1": titles.index("Les outils")}
    assert [row["reference"] for row in form["citations"]] == [1]
    person = next(section["person"] for section in form["sections"] if section["person"])
    assert person["organisation"] == "Maison du livre"


def test_everything_comes_back_from_the_export() -> None:
    first = reading()
    second = read(to_markdown(first).encode(), name="jardin.md")
    for name in (
        "key",
        "number",
        "local_number",
        "title",
        "depth",
        "kind",
        "person",
        "body",
        "note_calls",
        "ai_disclosure",
    ):
        assert [getattr(s, name) for s in second.sections] == [getattr(s, name) for s in first.sections], name
    assert second.metadata == first.metadata
    assert [(f.key, f.number, f.caption, f.credit) for f in second.figures] == [
        (f.key, f.number, f.caption, f.credit) for f in first.figures
    ]
    assert [(t.key, t.number, t.caption, t.credit, t.rows, t.columns) for t in second.tables] == [
        (t.key, t.number, t.caption, t.credit, t.rows, t.columns) for t in first.tables
    ]
    assert [(r.key, r.csl) for r in second.references] == [(r.key, r.csl) for r in first.references]
    assert [(n.key, n.text) for n in second.footnotes] == [(n.key, n.text) for n in first.footnotes]


def test_an_export_that_was_edited_is_still_read() -> None:
    exported = to_markdown(reading()) + "\n# Une section de plus\n\nTexte.\n"
    second = read(exported.encode(), name="jardin.md")
    assert second.sections[-1].title == "Une section de plus"
    assert second.sections[0].title.endswith("La terre")
