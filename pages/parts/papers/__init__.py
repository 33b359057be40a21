"""Parts of the page 会议材料: making, filling, looking up."""
