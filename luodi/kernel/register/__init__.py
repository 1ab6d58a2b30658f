"""Places, units, posts, people, projects, parcels; links and same-as judgements."""
