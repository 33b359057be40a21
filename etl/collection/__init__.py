"""Collection: what is due, what came, what is missing, and the reminders."""
