"""The face of the kiosk: one folder a journey, each screen a .py and a .kv side by side."""
