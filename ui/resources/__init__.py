"""Resources: readiness by class, stock, rounds of checks with a signature."""
