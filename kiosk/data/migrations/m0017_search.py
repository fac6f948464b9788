"""Version 17: one FTS5 index of the items on the shelves, the newest last.

`no` counts days (of year 1, as in Python's toordinal) in millions: a day's items come after those of the day before.
"""

#: The row of an item for the external-content FTS5 index, and the head of its special insert, which removes a row.
_ROW = "SELECT no, words FROM item_text WHERE item = new.id"
_OUT = "INSERT INTO item_search (item_search, rowid, words)"

STATEMENTS = (
    """CREATE TABLE item_text (
        no INTEGER PRIMARY KEY, item TEXT NOT NULL UNIQUE REFERENCES item (id), words TEXT NOT NULL)""",
    """CREATE VIRTUAL TABLE item_search USING fts5 (
        words, content='item_text', content_rowid='no', detail=none, columnsize=0, prefix='1 2 3',
        tokenize="ascii tokenchars '=_'")""",
    """CREATE TRIGGER item_text_in AFTER INSERT ON item_text
        WHEN (SELECT state FROM item WHERE id = new.item) IN ('available', 'reserved')
        BEGIN INSERT INTO item_search (rowid, words) VALUES (new.no, new.words); END""",
    f"""CREATE TRIGGER item_text_out BEFORE DELETE ON item_text
        WHEN (SELECT state FROM item WHERE id = old.item) IN ('available', 'reserved')
        BEGIN {_OUT} VALUES ('delete', old.no, old.words); END""",
    f"""CREATE TRIGGER item_off_the_shelf AFTER UPDATE OF state ON item
        WHEN old.state IN ('available', 'reserved') AND new.state NOT IN ('available', 'reserved')
        BEGIN {_OUT} SELECT 'delete', no, words FROM item_text WHERE item = new.id; END""",
    f"""CREATE TRIGGER item_on_the_shelf AFTER UPDATE OF state ON item
        WHEN old.state NOT IN ('available', 'reserved') AND new.state IN ('available', 'reserved')
        BEGIN INSERT INTO item_search (rowid, words) {_ROW}; END""",
    "INSERT OR IGNORE INTO search_word (word) SELECT DISTINCT romanised(word) FROM search_word WHERE romanised(word) <> ''",
    "INSERT INTO search_trigram (search_trigram) VALUES ('rebuild')",
    """INSERT INTO item_text (no, item, words)
        SELECT CAST(julianday(arrived_on) - 1721424.5 AS INTEGER) * 1000000
               + row_number() OVER (PARTITION BY arrived_on ORDER BY id),
               id, '=' || category || CASE age_group WHEN '' THEN '' ELSE ' =' || age_group END
               || (SELECT coalesce(group_concat(CASE said.word WHEN romanised(said.word) THEN ' ' || said.word
                   ELSE ' ' || said.word || ' ' || romanised(said.word) END, ''), '')
                   FROM item_word JOIN search_word AS said ON said.id = item_word.word WHERE item_word.item = item.id)
        FROM item""",
    "DROP TABLE item_word",
)
