"""Parts of the page 年度日程: what is due, and the months."""
