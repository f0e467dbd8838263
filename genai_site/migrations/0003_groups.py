"""The groups of those who import, edit and publish, with their permissions."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

from genai_site.groups import fill_groups

APPS = ("articles", "genai_site", "imports", "publishing", "taggit", "theses")


def make_groups(apps, schema_editor):
    # Django writes permissions when all migrations are over; these are wanted now.
    for label in APPS:
        config = apps.get_app_config(label)
        # The apps of a migration claim to have no models; what they say is left as it was.
        said, config.models_module = getattr(config, "models_module", None), True
        create_permissions(config, verbosity=0, using=schema_editor.connection.alias, apps=apps)
        config.models_module = said
    fill_groups(apps.get_model("auth", "Group"), apps.get_model("auth", "Permission"))


class Migration(migrations.Migration):
    dependencies = [
        ("genai_site", "0002_first_old_addresses"),
        ("articles", "0004_first_versions"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("imports", "0001_initial"),
        ("publishing", "0002_presence"),
        ("taggit", "0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx"),
        ("theses", "0005_link_check"),
    ]

    operations = [migrations.RunPython(make_groups, migrations.RunPython.noop)]
