"""What keeps people's details safe: sealing to the coordinator's key, and checks on what a visitor types."""
