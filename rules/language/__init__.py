"""What written words are: known forms, their roots, the spellings people use, and what a clause does with them."""
