"""Any record on the screen, made from its declaration: lists, table model, forms, field editors."""
