"""Evidence at the desk: sent over bad networks, looked at, seen before."""
