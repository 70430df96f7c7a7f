"""Every Problem of a guide, by severity: what does not build, what is stale, what is still open."""
