"""A shop of several seats: what they share, who of them does what, and what one hears of the others."""
