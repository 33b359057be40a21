"""Parts of the page 考核: ranking, sheet, objections, frozen scores."""
