"""What `cadastros/` knows: who issues, and the customers whose data a row may leave out."""
