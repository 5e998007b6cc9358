"""The Focus NFe API on the wire: the only place that uses requests."""
