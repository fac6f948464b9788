"""Privacy: sealing to the coordinator's key, and validation of what a visitor types."""
