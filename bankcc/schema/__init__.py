"""What a record type is: its fields, its declaration, the questions that can be asked of it. No
SQL is run here.
"""
