"""Staff services: members, keys, settings, other tablets, volunteers."""
