"""Pages: one file per screen. They lay out and draw; they compute nothing."""
