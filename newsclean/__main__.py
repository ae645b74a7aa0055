"""``python -m newsclean …``: the command line `newsclean.cli`."""

from newsclean.cli.main import main

if __name__ == "__main__":
    main()
