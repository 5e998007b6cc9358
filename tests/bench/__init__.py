"""Time and memory beside what people use instead: `python -m tests.bench`."""
