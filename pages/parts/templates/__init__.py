"""Parts of the page 下发模板: blank workbooks."""
