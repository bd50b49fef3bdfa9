"""Many documents and what each has led to, for who compares them with what was asked for."""
