"""A network that the visitor builds: settings -> training -> a film of plain arrays. No screen in here."""
