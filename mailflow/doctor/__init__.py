"""What is around the program, proven while it runs or before: `visit_*` look once, every check judges what was seen."""
