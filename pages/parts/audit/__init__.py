"""Parts of the page 操作记录: its entries, their verification, the last backup."""
