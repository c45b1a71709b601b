"""The command line: the only place that prints and sets exit codes. Errors become one sentence here."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line; exit 0 when all went well, 1 when a part failed, 2 when nothing could be done."""
    from assistant.cli.commands import application
    from assistant.errors import AssistantError

    try:
        application()
    except AssistantError as error:
        sys.stderr.write(f"assistant: {error}\n")
        sys.exit(2)
    except KeyboardInterrupt:
        sys.stderr.write("stopped\n")
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
