"""House style of all that is handed out: colours, fonts, widths of text, short tables."""
