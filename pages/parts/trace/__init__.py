"""Parts of the page 溯源: the cells."""
