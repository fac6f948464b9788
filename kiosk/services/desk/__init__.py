"""Services of the desk: the day's overview, scans, the print queue, reports, data requests."""
