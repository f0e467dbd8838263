"""The addresses of the site. French needs no prefix; English stands under /en/."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.contrib.sitemaps.views import index as sitemap_index
from django.contrib.sitemaps.views import sitemap
from django.urls import URLPattern, URLResolver, include, path

from genai_site import contact, desk, feeds, offline, previews, reports, search_admin, searching, sharing, views
from genai_site.media import picture
from genai_site.sitemaps import SITEMAPS
from genai_site.staff import markdownx_patterns

handler404 = "genai_site.old_addresses.not_found"

urlpatterns: list[URLPattern | URLResolver] = [
    path("robots.txt", views.robots, name="robots"),
    path("opensearch.xml", searching.description, name="opensearch"),
    path("sitemap.xml", sitemap_index, {"sitemaps": SITEMAPS}, name="sitemap"),
    path("sitemap-<section>.xml", sitemap, {"sitemaps": SITEMAPS}, name="django.contrib.sitemaps.views.sitemap"),
    path("worker.js", offline.worker, name="worker"),
    path("media/<path:name>", picture, name="picture"),
    path("partage/<slug:digest>/site.png", sharing.shared_picture_of_site, name="shared_picture_of_site"),
    path("partage/<slug:digest>/<slug:collection>/<slug:slug>.png", sharing.shared_picture, name="shared_picture"),
    path(
        "partage/<slug:digest>/<slug:collection>/<slug:slug>/<slug:page>.png",
        sharing.shared_picture_of_page,
        name="shared_picture_of_page",
    ),
    *i18n_patterns(
        path("", views.home, name="home"),
        path("articles/", include("articles.urls")),
        path("theses/", include("theses.urls")),
        path("auteurs/", views.authors, name="authors"),
        path("auteurs/<slug:slug>/", views.author, name="author"),
        path("auteurs/<slug:slug>/flux/", feeds.AuthorFeed(), name="author_feed"),
        path("mots-cles/<slug:slug>/", views.tag, name="tag"),
        path("mots-cles/<slug:slug>/flux/", feeds.TagFeed(), name="tag_feed"),
        path("recherche/", searching.search, name="search"),
        path("recherche/suggestions/", searching.suggestions, name="suggestions"),
        path("recherche/mots/", searching.search_terms, name="search_terms"),
        path("flux/", feeds.SiteFeed(), name="feed"),
        path("contact/", contact.contact, name="contact"),
        path("contact/merci/", contact.contact_sent, name="contact_sent"),
        path("signaler/", reports.report, name="report"),
        path("signaler/merci/", reports.report_sent, name="report_sent"),
        path("hors-connexion/", offline.offline, name="offline"),
        path("apercu/<slug:token>/", previews.preview, name="shared_preview"),
        path("apercu/<slug:token>/media/<path:name>", previews.preview_picture, name="shared_preview_picture"),
        path("apercu/<slug:token>/<slug:page>/", previews.preview_page, name="shared_preview_page"),
        path("accessibilite/", views.accessibility, name="accessibility"),
        path("admin/markdownx/", include(markdownx_patterns)),
        path("admin/recherche/", admin.site.admin_view(search_admin.search), name="admin_search"),
        # The desk stands in the place of the index: `admin:index` leads here.
        path("admin/", admin.site.admin_view(desk.index)),
        path("admin/", admin.site.urls),
        prefix_default_language=False,
    ),
]
