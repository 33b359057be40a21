"""Parts of the page 目标: list, shortfall, breakdown."""
