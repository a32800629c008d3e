"""The pages of the screening."""
