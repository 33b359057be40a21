"""Reading: how each kind of file is opened, and what is looked at before."""
