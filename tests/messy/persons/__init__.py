"""Personal data, wherever they are in a file."""
