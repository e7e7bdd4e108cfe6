"""The shop's own terms: kept, looked up for a direction, and exchanged as CSV and TBX."""
