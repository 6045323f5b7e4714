"""The citizen's pages of the reports room, one file for each page or two."""
