"""Safe mode, for when the kiosk cannot run: the crash log, and a head count."""
