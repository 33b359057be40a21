"""Papers and titles: no sentence states more than its figures."""
