from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GenaiSiteConfig(AppConfig):
    name = "genai_site"
    verbose_name = _("Site")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from genai_site.checking import dead_links
        from publishing import checks

        checks.register(dead_links)
