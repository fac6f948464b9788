"""Files: written whole, and tables that people bring."""
