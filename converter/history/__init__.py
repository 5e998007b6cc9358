"""What becomes of a row that may have been sent before, and which files are related."""
