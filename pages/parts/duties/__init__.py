"""Parts of the page 要报的表: the forms that are due, and what came back."""
