"""What the lessons count: units, and the codes that earn them.

The rules are those of US Medicare Part B unless a function says otherwise; other payers differ.
Nothing here is legal advice.
"""
