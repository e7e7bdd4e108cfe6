"""Rules that move: a signed file of data that lies over the shipped rules, and under the seller's own."""
