"""Brazilian identifiers, amounts, dates and tables: pure functions that answer for anything."""
