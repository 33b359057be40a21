"""The sample county's returns, a module a form."""
