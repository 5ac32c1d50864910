"""Records, texts and answers -> reports; a module for each command, named as it is."""
