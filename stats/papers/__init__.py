"""Papers: briefs and filled documents, their sentences, and the reference numbers of the figures they cite."""
