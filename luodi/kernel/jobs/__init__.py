"""Long work in the background: a job, its items one at a time, what came of each; nothing lost and nothing done twice."""
