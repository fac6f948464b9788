"""Version 7: the reports' ledger. It is derived from the journal and can be rebuilt from it.

Every row names its entry (device, seq). A correction is a row with the opposite sign for the old value and a row for the new
one, both on the day they are about. `part` numbers the rows of one entry.
"""

_KEY = "day TEXT NOT NULL, device INTEGER NOT NULL, seq INTEGER NOT NULL, part INTEGER NOT NULL"
_END = "PRIMARY KEY (day, device, seq, part)) WITHOUT ROWID"

STATEMENTS = (
    "CREATE TABLE ledger_device (id INTEGER PRIMARY KEY, device TEXT NOT NULL UNIQUE, seq INTEGER NOT NULL)",
    # Runs of consecutive entries of a device with non-decreasing times.
    """CREATE TABLE ledger_run (
        device INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL, began TEXT NOT NULL, ended TEXT NOT NULL,
        PRIMARY KEY (device, first)) WITHOUT ROWID""",
    "CREATE TABLE ledger_state (subject TEXT PRIMARY KEY, state TEXT NOT NULL) WITHOUT ROWID",
    # Entries that reports read unfolded.
    """CREATE TABLE ledger_kept (
        kind TEXT NOT NULL, device INTEGER NOT NULL, seq INTEGER NOT NULL, time TEXT NOT NULL, payload TEXT NOT NULL,
        PRIMARY KEY (kind, device, seq)) WITHOUT ROWID""",
    f"""CREATE TABLE ledger_visit ({_KEY}, session TEXT NOT NULL, language TEXT NOT NULL, "group" TEXT NOT NULL,
        way TEXT NOT NULL, visits INTEGER NOT NULL, adults INTEGER NOT NULL, children INTEGER NOT NULL,
        first INTEGER NOT NULL, {_END}""",
    f"""CREATE TABLE ledger_goods ({_KEY}, move TEXT NOT NULL, category TEXT NOT NULL, thing TEXT NOT NULL,
        pieces INTEGER NOT NULL, weighed INTEGER NOT NULL, grams INTEGER NOT NULL, {_END}""",
    f"""CREATE TABLE ledger_shift ({_KEY}, shift TEXT NOT NULL, volunteer TEXT NOT NULL, task TEXT NOT NULL,
        of_age INTEGER NOT NULL, started TEXT NOT NULL, shifts INTEGER NOT NULL, quarters INTEGER NOT NULL,
        machine INTEGER NOT NULL, {_END}""",
    f"""CREATE TABLE ledger_help ({_KEY}, service TEXT NOT NULL, step TEXT NOT NULL, days INTEGER NOT NULL,
        people INTEGER NOT NULL, {_END}""",
)
