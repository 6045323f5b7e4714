"""The verbs of the reports room. Each reads: find – may – change – record – tell; time is passed in."""
