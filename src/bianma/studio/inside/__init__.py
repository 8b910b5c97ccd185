"""What runs inside the server, under its own Python: its settings, its gate, and the making of desks."""
