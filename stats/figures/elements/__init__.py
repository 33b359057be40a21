"""What figures of every kind are made with: the model, conditions on rows, coverage, lines below, order."""
