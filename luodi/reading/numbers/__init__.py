"""Numbers as Chinese pages write them, before anything is known of what they count."""
