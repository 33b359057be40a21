"""Store: where data lie and how they are opened: paths, builds, the journal's schema and engine, the audit."""
