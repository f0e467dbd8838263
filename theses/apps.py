from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ThesesConfig(AppConfig):
    name = "theses"
    verbose_name = _("Thèses et livres blancs")
    default_auto_field = "django.db.models.BigAutoField"
