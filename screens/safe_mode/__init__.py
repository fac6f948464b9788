"""The plain screen when the kiosk itself cannot run: it counts, and tells staff what to do."""
