"""One manager for each thing that modes share."""
