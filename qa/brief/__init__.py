"""Notes for a briefing: what the report says on a topic, or what was asked and chosen, written down with references."""
