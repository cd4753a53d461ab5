"""The first start: language, own center or example, recovery key, who, outlets, tables."""
