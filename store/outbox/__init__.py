"""Deliveries: planned with the news, claimed, sent once, and recorded."""
