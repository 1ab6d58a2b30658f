"""The project office's screens: the ledger, one project, the wall."""
