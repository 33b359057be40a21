"""Who has what: items that rows of a form say are there, by area, and areas by how many of them they have."""
