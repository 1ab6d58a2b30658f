"""The second reader in a district: asked about a kept page, heard word for word, its disagreements put before a person."""
