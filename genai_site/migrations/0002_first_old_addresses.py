"""The paths of the site before this one that its texts still link to; editors add to them and change them in the admin."""

from django.db import migrations

FIRST = {"/lead-magnet": "/contact/"}


def add(apps, schema_editor):
    old_address = apps.get_model("genai_site", "OldAddress")
    for path, target in FIRST.items():
        old_address.objects.get_or_create(path=path, defaults={"target": target})


class Migration(migrations.Migration):
    dependencies = [("genai_site", "0001_initial")]

    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
