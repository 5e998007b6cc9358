"""What we measure, and what people use instead, in one run: `python -m tests.bench`."""
