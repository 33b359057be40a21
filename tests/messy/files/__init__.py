"""Files: formats, damage, bombs and hostile text."""
