"""Records, texts and answers -> reports; one module for each group of commands."""
