"""The frame around every screen: navigation, idle time, focus, scanner, screen reader."""
