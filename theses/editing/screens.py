"""The screens of the desk of a document, in the order of the work: what it is, its text, what readers will see."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from publishing.screens import Screen

SCREENS = (
    Screen("theses_document_change", _("Notice"), "theses.view_document", ("theses_document_history",)),
    Screen(
        "theses_document_outline",
        _("Plan"),
        "theses.change_section",
        ("theses_document_numbers", "theses_document_split", "theses_document_ai", "theses_section_change"),
    ),
    Screen("theses_section_changelist", _("Sections"), "theses.view_section", by_filter=True),
    Screen("theses_figure_desk", _("Figures"), "theses.change_figure", ("theses_figure_change",)),
    Screen(
        "theses_bibliographyentry_desk",
        _("Bibliographie"),
        "theses.change_bibliographyentry",
        ("theses_bibliographyentry_change", "theses_bibliographyentry_take"),
    ),
    Screen("theses_document_replace", _("Remplacer"), "theses.change_section"),
    Screen("theses_document_check", _("Contrôle"), "theses.view_document"),
    Screen("theses_document_compare", _("Comparer"), "theses.view_document"),
    Screen("theses_document_previews", _("Liens d’aperçu"), "theses.publish_document"),
    Screen(
        "theses_document_versions",
        _("Versions"),
        "theses.change_document",
        ("theses_document_act", "theses_section_versions"),
    ),
)
