"""What goes on paper: slips, labels, badges, sheets; what they say and how it is laid out."""
