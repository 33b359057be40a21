"""Parts of the page 总览: what needs attention, what changed, saved views."""
