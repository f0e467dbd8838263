"""The two addresses that the editor of texts calls: preview and upload, for those who write."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

pytestmark = pytest.mark.django_db

PREVIEW = "/admin/markdownx/markdownify/"
UPLOAD = "/admin/markdownx/upload/"


@pytest.fixture
def writer(client: Client) -> Client:
    user = User.objects.create_user("eva", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="change_section"))
    client.force_login(user)
    return client


def picture(name: str = "photo.png", kind: str = "PNG") -> SimpleUploadedFile:
    out = BytesIO()
    Image.new("RGB", (30, 20)).save(out, kind)
    return SimpleUploadedFile(name, out.getvalue(), "image/png")


def test_the_widget_calls_these_addresses(settings: Any) -> None:
    assert reverse("markdownx_markdownify") == PREVIEW == settings.MARKDOWNX_URLS_PATH
    assert reverse("markdownx_upload") == UPLOAD == settings.MARKDOWNX_UPLOAD_URLS_PATH


def test_preview_goes_through_the_safe_renderer(writer: Client) -> None:
    html = writer.post(PREVIEW, {"content": "*Un* <script>alert(1)</script> [x](javascript:alert(1))"}).content.decode()
    assert "<em>Un</em>" in html
    assert "<script" not in html
    assert "javascript:" not in html.replace("javascript:alert(1)\u202f»", "")
    assert writer.post(PREVIEW).status_code == 200


def test_an_uploaded_picture_is_checked_and_named_by_its_format(writer: Client, settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    code = writer.post(UPLOAD, {"image": picture("photo.txt", "JPEG")}).json()["image_code"]
    match = re.fullmatch(r"!\[\]\((/media/bodies/photo-[0-9a-f]{16}\.jpg)\)", code)
    assert match
    served = writer.get(match[1])
    assert served["Content-Type"] == "image/jpeg"
    assert b"".join(served.streaming_content)[:2] == b"\xff\xd8"  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "file",
    [
        SimpleUploadedFile("a.png", b"GIF89a<script>alert(1)</script>", "image/png"),
        SimpleUploadedFile("a.svg", b"<svg onload='alert(1)'/>", "image/svg+xml"),
        None,
    ],
)
def test_anything_else_is_refused_with_a_sentence(
    writer: Client, settings: Any, tmp_path: Path, file: SimpleUploadedFile | None
) -> None:
    settings.MEDIA_ROOT = tmp_path
    response = writer.post(UPLOAD, {"image": file} if file else {})
    assert response.status_code == 400
    assert response.json()["image"][0]
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("address", [PREVIEW, UPLOAD])
@pytest.mark.parametrize(
    ("who", "expected"), [("nobody", {302}), ("reader", {302}), ("staff", {403}), ("writer", {200, 400})]
)
def test_who_may(client: Client, address: str, who: str, expected: set[int]) -> None:
    if who != "nobody":
        user = User.objects.create_user("x", is_staff=who != "reader")
        if who == "writer":
            user.user_permissions.add(Permission.objects.get(codename="change_article"))
        client.force_login(user)
    status = client.post(address, {"content": "a"}).status_code
    assert status in expected
    if who == "writer":
        assert client.get(address).status_code == 405
