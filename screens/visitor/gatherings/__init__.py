"""The programme of the next weeks, and seat bookings by code."""
