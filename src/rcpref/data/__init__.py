"""The data: their form, the files they are in, and the data set in memory."""
