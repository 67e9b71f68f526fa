"""`python -m generator` is `zi`."""

from generator.cli import main

if __name__ == "__main__":
    main()
