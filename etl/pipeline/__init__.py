"""Pipeline: one session of work on a store, from files examined to a published build."""
