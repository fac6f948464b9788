"""What the coordinator sets: parts as tiles, in each the settings with what they are now."""
