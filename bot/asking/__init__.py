"""Quick questions in Chinese and English: from a sentence to the slash command it means; pure."""
