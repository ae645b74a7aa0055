"""``python -m newsclean …``: the command ``newsclean``."""

import sys


def main() -> None:
    """Run the command line and exit with its exit code. Ctrl-C ends it without a traceback, even
    during the import."""
    try:
        from newsclean.cli.main import main as run  # noqa: PLC0415

        run()
    except KeyboardInterrupt:
        from newsclean.exit_codes import INTERRUPTED  # noqa: PLC0415

        print("newsclean: interrupted before it ended", file=sys.stderr)
        sys.exit(INTERRUPTED)


if __name__ == "__main__":
    main()
