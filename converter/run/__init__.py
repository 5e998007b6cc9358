"""One run, put together: what is outside, what is decided, what each file becomes."""
