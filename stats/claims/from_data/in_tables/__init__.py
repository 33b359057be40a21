"""Tables of a draft against the data: what the labels of a row and a column say of the number in their cell."""
