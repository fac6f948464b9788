"""Version 21: the pieces received of a donation are counted from its items."""

STATEMENTS = ("CREATE INDEX item_by_donation ON item (donation)",)
