"""What each command does: opens what it needs, and says it in lines and in JSON."""
