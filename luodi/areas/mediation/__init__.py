"""Disputes 矛盾纠纷调处: consent, sessions, an agreement as dated duties, the window for confirmation, honest performance."""
