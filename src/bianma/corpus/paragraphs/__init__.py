"""From the raw text to cleaned paragraphs: lines, which of them belong together, what is left out of them."""
