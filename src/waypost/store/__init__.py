"""The database: records as public documents, what is withheld apart."""
