"""View: what is looked at: unit, span, indicator, and the cached readings of it."""
