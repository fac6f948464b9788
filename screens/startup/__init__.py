"""What makes the user interface start fast and collect garbage without stalls."""
