"""One module per format that is more than text: each returns Markdown, which the rest of `corpus` understands."""
