"""The parts of the page: rendering as pure functions, events, components, style and server."""
