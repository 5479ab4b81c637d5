"""What becomes of lines that are longer than the terminal is wide."""
