"""`python -m bankcc`: the same as the script `bankcc`."""

from bankcc.cli import main

if __name__ == "__main__":
    main()
