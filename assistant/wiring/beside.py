"""What stands beside the questions of a desk: figures, files passed over, what changed, what readers said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from assistant.settings import Settings


class Beside:
    """The part of a desk that answers no question; it works on the same settings."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    def evaluation(self) -> Mapping[str, Any] | None:
        """Return the recorded figures of the latest evaluation; see `wiring.recorded`."""
        from assistant.wiring.recorded import recorded

        return recorded(self.settings.corpus.parent / "eval")

    def keep_feedback(self, said: Mapping[str, Any]) -> bool:
        """Keep what a reader said of an answer beside the library; False where there is no more room."""
        from assistant.wiring import feedback

        return feedback.keep(self.settings.index, said)

    def feedback(self) -> Sequence[Mapping[str, Any]]:
        """Return what readers said, oldest first."""
        from assistant.wiring import feedback

        return feedback.kept(self.settings.index)

    def passed_over(self) -> Sequence[tuple[str, str]]:
        """Return (file, why it is not read) of the files of the corpus folder that are no documents."""
        from assistant.wiring.upkeep import passed_over

        return passed_over(self.settings)

    def change_reports(self, limit: int = 20) -> Sequence[tuple[int, str]]:
        """Return what the latest refreshes changed, newest first: (revision, report as Markdown)."""
        from assistant.wiring.upkeep import change_reports

        return [(report.revision, report.text) for report in change_reports(self.settings, limit)]
