"""Reports on paper: plain data in, PDF out. Only functions that draw import reportlab."""
