"""``python -m newsclean …``: the command ``newsclean``."""

import os
import sys


def main() -> None:
    """Run the command line and exit with its exit code. Ctrl-C ends it without a traceback, even
    during the import."""
    _open_closed_streams()
    try:
        from newsclean.cli.main import main as run  # noqa: PLC0415

        run()
    except KeyboardInterrupt:
        from newsclean.exit_codes import INTERRUPTED  # noqa: PLC0415

        print("newsclean: interrupted before it ended", file=sys.stderr)
        sys.exit(INTERRUPTED)


def _open_closed_streams() -> None:
    """Open the standard streams that the caller has closed (``>&-``) on the null device. Otherwise
    the next file that is opened, such as the ledger, becomes standard output."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            null = os.open(os.devnull, os.O_RDWR)  # the lowest free number, which is *number*
            setattr(sys, name, os.fdopen(null, "r" if number == 0 else "w", encoding="utf-8"))


if __name__ == "__main__":
    main()
