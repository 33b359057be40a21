"""Parts of the page 上报: the drop zone and the upload list."""
