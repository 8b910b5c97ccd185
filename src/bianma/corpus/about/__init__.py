"""What is known of an article as a publication: its front matter, and what a person wrote beside it."""
