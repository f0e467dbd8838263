"""What only one database has: an FTS5 table that triggers keep, or a generated column of `tsvector` with its index."""

from django.db import migrations

SQLITE = [
    """CREATE VIRTUAL TABLE search_words USING fts5(
        title_terms, text_terms, content='search_indexedunit', content_rowid='id',
        tokenize="unicode61 remove_diacritics 0", prefix='2 3')""",
    """CREATE TRIGGER search_words_insert AFTER INSERT ON search_indexedunit BEGIN
        INSERT INTO search_words(rowid, title_terms, text_terms) VALUES (new.id, new.title_terms, new.text_terms);
    END""",
    """CREATE TRIGGER search_words_delete AFTER DELETE ON search_indexedunit BEGIN
        INSERT INTO search_words(search_words, rowid, title_terms, text_terms)
        VALUES ('delete', old.id, old.title_terms, old.text_terms);
    END""",
    """CREATE TRIGGER search_words_update AFTER UPDATE ON search_indexedunit BEGIN
        INSERT INTO search_words(search_words, rowid, title_terms, text_terms)
        VALUES ('delete', old.id, old.title_terms, old.text_terms);
        INSERT INTO search_words(rowid, title_terms, text_terms) VALUES (new.id, new.title_terms, new.text_terms);
    END""",
]
WITHOUT_SQLITE = [
    "DROP TRIGGER search_words_insert",
    "DROP TRIGGER search_words_delete",
    "DROP TRIGGER search_words_update",
    "DROP TABLE search_words",
]
# The configuration `simple` takes words as they come: they were folded before.
POSTGRESQL = [
    """ALTER TABLE search_indexedunit ADD COLUMN words tsvector GENERATED ALWAYS AS (
        setweight(to_tsvector('simple', title_terms), 'A') || setweight(to_tsvector('simple', text_terms), 'D')
    ) STORED""",
    "CREATE INDEX search_words ON search_indexedunit USING gin (words)",
]
WITHOUT_POSTGRESQL = ["DROP INDEX search_words", "ALTER TABLE search_indexedunit DROP COLUMN words"]


def run(schema_editor, sqlite, postgresql):
    for statement in sqlite if schema_editor.connection.vendor == "sqlite" else postgresql:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [
        migrations.RunPython(
            lambda apps, schema_editor: run(schema_editor, SQLITE, POSTGRESQL),
            lambda apps, schema_editor: run(schema_editor, WITHOUT_SQLITE, WITHOUT_POSTGRESQL),
        )
    ]
