"""Rules between the fields of a row: each a mask over columns, none of them changes a value."""
