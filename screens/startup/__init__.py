"""What makes the screen start fast."""
