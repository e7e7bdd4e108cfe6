"""How a text for a buyer sounds: how polite it is, what can safely be raised, greeting and closing words."""
