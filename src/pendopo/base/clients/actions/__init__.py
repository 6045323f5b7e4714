"""What writes: clients and tokens, webhooks, answers given once, photos sent ahead."""
