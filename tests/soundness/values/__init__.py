"""Values: what a cell holds, shows or hides."""
