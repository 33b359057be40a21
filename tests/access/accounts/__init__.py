"""Accounts: people, roles, sessions and permissions."""
