"""Frame: what surrounds every page: navigation, who is signed in, how many pages are drawn at once."""
