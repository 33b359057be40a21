"""Access: who may see and do what: accounts, sessions, roles, and the gate in front of the server."""
