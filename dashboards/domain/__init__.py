"""What the dashboards show, as values."""
