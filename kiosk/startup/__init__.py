"""What makes the program start fast; the milliseconds are in docs/decisions/starting-fast.md."""
