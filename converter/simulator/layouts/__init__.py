"""Municipal file layouts, each a table of fields its writer and reader are made from."""
