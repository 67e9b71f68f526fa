"""What comes in from elsewhere than Git: the issue form. Hostile text becomes a checked edit of one file, or words."""
