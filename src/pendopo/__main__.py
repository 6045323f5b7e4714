"""`python -m pendopo` is the same as `pendopo`."""

from pendopo.config.cli import main

if __name__ == "__main__":
    main()
