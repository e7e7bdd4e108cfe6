"""What the files inside a backup are called, which is what they are called in the data folder."""

ARCHIVE, MEMORY, DOCUMENTS = "archive.db", "memory.db", "documents.json"
TAUGHT, ERASURES = "marketplaces", "erasures.jsonl"

#: Collections that stay on the computer: who is paired is of no use elsewhere, and the keys to it lie in the keyring.
PRIVATE = ("pairings",)
