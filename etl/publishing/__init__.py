"""Publishing: put what a county declares in force, and try it before."""
