"""Parts of the page 账号管理: the list of accounts."""
