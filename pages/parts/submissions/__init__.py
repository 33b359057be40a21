"""Parts of the page 报送进度: progress, missing returns, the reminder."""
