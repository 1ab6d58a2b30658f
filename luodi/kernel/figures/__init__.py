"""The typed figure: value, unit, basis, as-of, source, signer, age. Pure."""
