"""The words of the registry: frozen values and enums. Imports nothing of ours."""
