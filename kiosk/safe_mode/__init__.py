"""What still works when the kiosk cannot run: the log of crashes, and a count of heads."""
