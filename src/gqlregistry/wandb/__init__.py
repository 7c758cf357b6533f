"""The wandb client's wire: its GraphQL operations, its files, its streams."""
