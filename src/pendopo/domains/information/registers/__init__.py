"""The statutory registers: what they hold, how they are narrowed, their columns and their files."""
