"""Version 20: name, PIN and badge of removed staff are deleted."""

STATEMENTS = (
    "DELETE FROM badge WHERE staff IN (SELECT id FROM staff WHERE active = 0)",
    "UPDATE staff SET name = '', pin = '' WHERE active = 0",
)
