"""The situation page: cards, charts with their tables, what waits for a decision, the timeline."""
