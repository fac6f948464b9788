"""Check in to today's session: one tap, then as many answers as one likes to give."""
