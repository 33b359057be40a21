"""Parts of the page 数字来源: the cells."""
