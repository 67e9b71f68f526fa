"""The edge in: bytes of units/ become plain data, documents and declared values, or findings."""
