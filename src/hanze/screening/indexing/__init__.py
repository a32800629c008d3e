"""What the index is made of: a vocabulary that finds words like a word, and postings from words to names."""
