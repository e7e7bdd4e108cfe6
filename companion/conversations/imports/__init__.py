"""Conversations out of files: tables, mails, saved pages, and Seabridge's own JSON lines.

A file is read to its end before anything is stored; what is in the archive already is recognised.
"""
