"""Check-in to today's session: one tap, then optional questions."""
