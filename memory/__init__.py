"""What happened. Knows no models and no user interface."""
