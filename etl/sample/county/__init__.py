"""The sample county itself: its towns, unions, enterprises and their history."""
