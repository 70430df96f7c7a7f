"""Whether two records are one."""
