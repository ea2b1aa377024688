"""Rules of passwords, throttling and sign-in, without a database."""
