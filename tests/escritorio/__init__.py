"""An accountant who never saw the program, played on office spreadsheets."""
