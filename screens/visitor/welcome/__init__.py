"""The welcome screen, and home."""
