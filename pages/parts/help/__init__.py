"""Parts of the page 帮助: the handbook."""
