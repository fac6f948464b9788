"""Words that several screens share, by subject."""
