"""Telling people what waits for them: at the desk, by mail, to their own programs and the robots of their messengers."""
