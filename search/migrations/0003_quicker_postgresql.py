"""What PostgreSQL reads in order to count and to suggest is made small, and lies in one place.

A unit of the size of a section keeps its texts out of its row, so that counting goes through few pages; the words of its
title stay in the row, and have an index of their own.
"""

from django.db import migrations, models

WORDS = [
    """ALTER TABLE search_indexedunit ADD COLUMN words tsvector GENERATED ALWAYS AS (
        setweight(to_tsvector('simple', title_terms), 'A') || setweight(to_tsvector('simple', text_terms), 'D')
    ) STORED""",
    "CREATE INDEX search_words ON search_indexedunit USING gin (words)",
]
# The column is made anew since only that writes the rows again.
FORWARDS = [
    "ALTER TABLE search_indexedunit DROP COLUMN words",
    "ALTER TABLE search_indexedunit SET (toast_tuple_target = 128)",
    "ALTER TABLE search_indexedunit ALTER COLUMN title_terms SET STORAGE MAIN",
    *WORDS,
    "CREATE INDEX search_title_words ON search_indexedunit USING gin (to_tsvector('simple', title_terms))",
]
BACKWARDS = [
    "DROP INDEX search_title_words",
    "ALTER TABLE search_indexedunit DROP COLUMN words",
    "ALTER TABLE search_indexedunit ALTER COLUMN title_terms SET STORAGE EXTENDED",
    "ALTER TABLE search_indexedunit RESET (toast_tuple_target)",
    *WORDS,
]


def run(schema_editor, statements):
    if schema_editor.connection.vendor == "postgresql":
        for statement in statements:
            schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("search", "0002_word_index")]

    operations = [
        migrations.RunPython(
            lambda apps, schema_editor: run(schema_editor, FORWARDS),
            lambda apps, schema_editor: run(schema_editor, BACKWARDS),
        ),
        migrations.AddIndex(
            "indexedunit",
            models.Index(
                "kind",
                "path",
                "title_terms",
                "id",
                condition=models.Q(kind__in=("work", "person", "tag")),
                name="search_names",
            ),
        ),
    ]
