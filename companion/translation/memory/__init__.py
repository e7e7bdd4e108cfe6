"""What the seller confirmed by sending it, found again: exactly but for numbers and ids, or nearly."""
