"""Loading: from accepted returns to a published build."""
