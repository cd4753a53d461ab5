"""Tables in and out: xlsx and CSV, the clipboard. Reads and writes through the session only."""
