"""The window around the panels: banner, navigation, status line, tools that open over it."""
