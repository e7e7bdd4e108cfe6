"""Translation engines behind one small interface; one file each."""
