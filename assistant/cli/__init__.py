"""The command line: the only place that prints and sets exit codes. Errors become one sentence here."""

from __future__ import annotations

import sys
from io import TextIOWrapper


def main() -> None:
    """Run the command line; exit 0 when all went well, 1 when a part failed, 2 when nothing could be done."""
    from assistant.cli.commands import application
    from assistant.errors import AssistantError, DamagedLibrary

    speak_utf8()
    try:
        application()
    except DamagedLibrary as error:
        sys.stderr.write(f"assistant: {error}\n")
        sys.exit(1)
    except AssistantError as error:
        sys.stderr.write(f"assistant: {error}\n")
        sys.exit(2)
    except KeyboardInterrupt:
        sys.stderr.write("stopped\n")
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)


def speak_utf8() -> None:
    """Read and write UTF-8 whatever the system's own encoding is; what is no text is written as a question mark."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
