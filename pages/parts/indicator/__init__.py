"""Parts of the page 指标: its quarters and the ranking."""
