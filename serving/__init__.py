"""Serving: how the server runs: start, headers, uploads, log, probes. It knows no figures."""
