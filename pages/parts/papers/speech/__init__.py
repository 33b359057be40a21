"""Parts of 讲稿核数: the draft, its numbers, what is asked, what is taken away."""
