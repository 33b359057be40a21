"""Own layouts: a county's own tables read as forms, as the layouts in the catalogue declare them."""
