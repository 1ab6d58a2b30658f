"""What a page says about itself: day, place, issuer, speaker."""
