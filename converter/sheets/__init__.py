"""The sheets of the result workbook, one module each: from a report to `NewSheet` values."""
