"""What differs between two states of the sources: figures first, then whatever made them differ."""
