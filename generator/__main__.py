"""`python -m generator` is `zi`."""

from generator.cli import main

main()
