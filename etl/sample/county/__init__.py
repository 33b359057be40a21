"""The sample county itself: its towns, unions, enterprises and what happens to them."""
