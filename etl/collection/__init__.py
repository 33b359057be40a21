"""Collection: returns that are due, received or missing, and the reminders."""
