"""Answers as tables, for data frames and notebooks."""
