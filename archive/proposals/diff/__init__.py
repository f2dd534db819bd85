"""The differences between two revisions: figures first, then the records and pages behind them."""
