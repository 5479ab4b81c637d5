"""`python -m mlcoach`."""

from mlcoach.cli.main import run

if __name__ == "__main__":
    run()
