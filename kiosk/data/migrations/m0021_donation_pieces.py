"""Version 21: what came in of a donation is counted from its things."""

STATEMENTS = ("CREATE INDEX item_by_donation ON item (donation)",)
