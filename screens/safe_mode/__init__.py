"""The safe screen, shown when the kiosk cannot run: it counts people and tells staff what to do."""
