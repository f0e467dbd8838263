from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ThesesConfig(AppConfig):
    name = "theses"
    verbose_name = _("Thèses et livres blancs")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from publishing import checks
        from theses import checking
        from theses.models import Document

        checks.register_kind(Document, checking.report)
