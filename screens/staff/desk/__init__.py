"""The staff desk: login, scanning, hand-over, intake, labels, and the day's work."""
