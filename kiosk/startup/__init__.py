"""What makes it start fast."""
