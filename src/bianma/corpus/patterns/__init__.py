"""What journals and web pages print around their articles, as patterns: one module a noun."""
