"""The welcome screen that draws people in, and home with its few large choices."""
