"""Documents and batches that several machines make together, by one Redis (decision 35). Nothing of it is loaded without REDIS_URL."""
