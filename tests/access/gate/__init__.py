"""The gate: signing in, routes and sockets."""
