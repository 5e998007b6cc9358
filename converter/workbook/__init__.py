"""Sheets added to the user's own xlsx package, whose parts stay as they were."""
