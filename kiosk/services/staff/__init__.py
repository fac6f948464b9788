"""Staff and volunteers: who may do what, keys, settings."""
