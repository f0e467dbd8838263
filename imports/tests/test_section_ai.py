"""A section that says itself how AI was used in it: its level in the draft, its text as it stood."""

from __future__ import annotations

import datetime

import pytest

from articles.models import Article
from imports.actions.import_source import import_source
from manuscript import read
from manuscript.steps.section_disclosures import section_says_ai
from theses.models import Document

pytestmark = pytest.mark.django_db

SOURCE = """---
title: Le jardin
kind: report
---

# 1. La terre

Elle attend la pluie depuis trois semaines.

# 2. Glossaire

Cette annexe a été générée par une IA, puis relue par la rédaction.

Compost : ce que mange le jardin.

# 3. Suite

This section was translated using an AI tool.
"""


def test_the_level_is_noted_and_the_text_stays() -> None:
    work = import_source(data=SOURCE.encode(), name="jardin.md", user=None).work
    assert isinstance(work, Document)
    assert list(work.sections.values_list("title", "ai_level")) == [
        ("La terre", ""),
        ("Glossaire", "reviewed"),
        # What a translation is, a person has to say.
        ("Suite", ""),
    ]
    assert work.sections.get(title="Glossaire").body.startswith("Cette annexe a été générée")
    codes = [finding.code for finding in read(SOURCE.encode(), name="jardin.md").findings]
    assert codes.count("section-ai-disclosure") == 2


@pytest.mark.parametrize(
    "text",
    [
        "Ce chapitre a été rédigé avec l’aide de ChatGPT.",
        "Cette section a été écrite sans l'aide d'une IA.",
        "Avertissement : cette annexe est en partie générée par un modèle de langue.",
        "Le texte de cette partie a été traduit au moyen d’un outil d’intelligence artificielle.",
        "La présente synthèse a été produite par l’IA, puis corrigée.",
        "This appendix has been drafted with the help of a large language model.",
        "This summary was written without any AI.",
    ],
)
def test_what_is_believed(text: str) -> None:
    assert section_says_ai(text)


@pytest.mark.parametrize(
    "text",
    [
        "Ce chapitre a été rédigé avec l’aide de l’équipe IA de la maison.",
        "Ce chapitre a été rédigé par deux spécialistes de l’intelligence artificielle.",
        "Cette section a été réalisée grâce à un entretien sur l’IA.",
        "Cette partie a été écrite pour ceux que l’intelligence artificielle inquiète.",
        "Le chapitre suivant a été rédigé avec l’aide d’une IA.",
        "This chapter was written by an AI researcher.",
        "This section is about AI.",
        "Ce chapitre a été rédigé avec l’aide d’une IA. " + "Il est long. " * 30,
    ],
)
def test_what_is_not(text: str) -> None:
    assert not section_says_ai(text)


def test_a_header_fills_the_fields_of_a_work() -> None:
    fields = ("level: reviewed", "tool: un modèle", "reviewer: Ana Roy", "responsible: Zoé Dupré", "reviewed_on: {}")
    header = "\n  ".join(("ai:", *fields))
    for day, kept in (("2025-09-14", datetime.date(2025, 9, 14)), ("2999-01-01", None), ("bientôt", None)):
        source = f"---\ntitle: Le {day}\n{header.format(day)}\n---\n\nUn texte le {day}.\n"
        imported = import_source(data=source.encode(), name="a.md", user=None)
        work = imported.work
        assert isinstance(work, Article)
        assert (work.ai_level, work.ai_tool, work.ai_reviewer, work.ai_responsible, work.ai_note) == (
            *("reviewed", "un modèle", "Ana Roy", "Zoé Dupré"),
            "",
        )
        assert work.ai_reviewed_on == kept
        assert any("relecture" in remark for remark in imported.remarks) == (kept is None)
