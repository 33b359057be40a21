"""The parts of a board."""
