"""The commands, by purpose; each resolves, asks and presents, and nothing else."""
