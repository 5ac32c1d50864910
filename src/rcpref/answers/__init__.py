"""Questions to the data and their answers: pure functions, the clock is never asked."""
