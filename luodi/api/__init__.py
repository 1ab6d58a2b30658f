"""The interface for programs: REST with an OpenAPI description, the same for every kind of case."""
