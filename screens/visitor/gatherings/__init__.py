"""What is on: the next weeks, seats by a code."""
