"""Law and custom as dated data: limits, thresholds and weights, each with its source and how far to trust it."""
