from django.db import migrations

from publishing.history import first_versions

MODELS = ("Article", "ArticleContribution")


def keep_what_is_there(apps, schema_editor):
    first_versions(apps, "articles", MODELS)


class Migration(migrations.Migration):
    dependencies = [("articles", "0003_history")]

    operations = [migrations.RunPython(keep_what_is_there, migrations.RunPython.noop)]
