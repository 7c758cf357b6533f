"""Where the command begins; also `python -m gqlregistry`."""

import gc


def main() -> None:
    """Run the command."""
    # What is loaded stays. To look for garbage in it again and again while it loads takes a fifth of the start.
    gc.disable()
    from gqlregistry import cli

    gc.enable()
    cli.main()


if __name__ == "__main__":
    main()
