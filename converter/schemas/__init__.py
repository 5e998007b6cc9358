"""The field catalogue and all that is made from it: typing, pandera schema, rules."""
