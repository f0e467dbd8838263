from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import URLPattern, URLResolver, path

urlpatterns: list[URLPattern | URLResolver] = i18n_patterns(
    path("admin/", admin.site.urls),
    prefix_default_language=False,
)
