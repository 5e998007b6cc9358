"""The catalogue's entries, one module per group of fields."""
