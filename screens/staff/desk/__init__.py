"""The staff desk: in by PIN or badge, then scan, hand over, take in, label, and the run of the day."""
