"""Work time: entries, plans of hours by agreement, the pace a quarter needs."""
