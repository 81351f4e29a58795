"""What people see: pure functions from the store's values to embeds and controls."""
