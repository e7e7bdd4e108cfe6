"""Conversations and searches as files: pages for people, tables for spreadsheets, lines that lose nothing."""
