"""A registry to try things on: fictional agencies and units, with every state worth seeing and a history of commits."""
