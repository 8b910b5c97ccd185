"""A reader of meaning: a language model that is asked, passage by passage, where the codebook's concepts stand."""
