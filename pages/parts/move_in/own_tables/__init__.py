"""A county's own tables on the page 建库: each becomes a form, or is read as one that is there."""
