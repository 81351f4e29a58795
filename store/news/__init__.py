"""What people asked to be told: subscriptions of channels, live boards, and watches of persons."""
