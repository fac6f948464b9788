"""Settings for the coordinator: parts as tiles, and the settings of each."""
