from django.db import migrations

from publishing.history import first_versions

MODELS = ("Document", "DocumentContribution", "Abstract", "Section", "Figure", "BibliographyEntry")


def keep_what_is_there(apps, schema_editor):
    first_versions(apps, "theses", MODELS)


class Migration(migrations.Migration):
    dependencies = [("theses", "0003_history")]

    operations = [migrations.RunPython(keep_what_is_there, migrations.RunPython.noop)]
