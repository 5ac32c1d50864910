"""Reports -> text in one of the output formats, and text -> a stream, safely."""
