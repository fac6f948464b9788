"""Programme services: gatherings, attendance, seats, partners, calendar files."""
