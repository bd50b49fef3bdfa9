"""What an article costs a client, and why (CAL-04)."""
