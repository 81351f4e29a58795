"""The bot seen from outside: figures, health, and the page that shows them."""
