"""Parts of the page 目录: entries, the dialogs that change them, the draft, versions."""
