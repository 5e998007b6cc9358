"""How one lote gets from the journal to the API and its import file back, whatever happens."""
