"""A study on disk: its settings, its files, and the steps wired to them."""
