"""From the headers of a spreadsheet to the fields of the API."""
