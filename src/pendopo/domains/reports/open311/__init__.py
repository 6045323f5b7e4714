"""Open311 GeoReport v2: the public specification's six calls, as a façade on the room's own records.

https://wiki.open311.org/GeoReport_v2 . Nothing here is stored: field names, formats and error shapes are the
specification's; what a report is, who may see it and how it arrives stay the room's own.
"""
