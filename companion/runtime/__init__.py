"""What every room stands on: folders, documents, settings, secrets, locks, threads and schedules."""
