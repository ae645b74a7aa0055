"""``newsclean …``: Scrapy's command line with newsclean's settings, in any folder."""

import os

from scrapy.cmdline import execute


def main() -> None:
    """Run Scrapy's command line; a project of your own comes first where there is one."""
    os.environ.setdefault("SCRAPY_SETTINGS_MODULE", "newsclean.settings")
    execute()


if __name__ == "__main__":
    main()
