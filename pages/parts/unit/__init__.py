"""Parts of the page 单位: what it reported, its history, its peers."""
