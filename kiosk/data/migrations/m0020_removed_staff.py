"""Version 20: of staff who were removed neither name, PIN nor badge is left."""

STATEMENTS = (
    "DELETE FROM badge WHERE staff IN (SELECT id FROM staff WHERE active = 0)",
    "UPDATE staff SET name = '', pin = '' WHERE active = 0",
)
