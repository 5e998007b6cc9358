"""What was intended and what happened, durable before it is acted upon."""
