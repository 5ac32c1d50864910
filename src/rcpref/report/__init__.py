"""Reports and the forms they are printed in: terminal, Markdown, programs; the safe writer."""
