"""The curated phrasebook: everyday shop sentences answered word for word, without any engine."""
