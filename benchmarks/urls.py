"""The addresses of the site, and the bare one that it is compared with."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from genai_site import urls


def hello(request: HttpRequest) -> HttpResponse:
    return HttpResponse("hello")


urlpatterns = [path("hello/", hello), *urls.urlpatterns]
