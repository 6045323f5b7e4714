"""Forms of the information room: strings into values; a form never saves."""
