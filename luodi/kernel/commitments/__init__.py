"""Promises: adopted, reported, verified, changed; ``actions`` lists the verbs, ``board`` and ``page`` show them."""
