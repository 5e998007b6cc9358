"""The verbs of the pipeline, one module each. No stage imports another."""
