"""Lists of organisations as offices keep them: understood, shown as a tree, and made into the register."""
