"""What the screens are made of. Widgets show what they are given and post what was done."""
