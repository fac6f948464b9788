"""What the desk works with: the day, scans, the print queue, reports."""
