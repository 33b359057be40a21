"""Layout proposals: what a county's own table says, held against a form, until a layout can be declared from it."""
