"""The board: a second screen that everybody sees and nobody touches."""
