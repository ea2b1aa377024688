"""What shows everything at once: my desk and the hours page. Owns no figures."""
