"""Where to bring farms together, what they exchange, and what it is worth. No Django, no app."""
