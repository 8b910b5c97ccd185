"""What each paragraph of an article is, told in passes from the surest sign to the weakest."""
