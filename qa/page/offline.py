"""Switches that keep the page and its libraries from calling other hosts; set before gradio is imported."""

from __future__ import annotations

from collections.abc import MutableMapping

from qa.errors import QAError

SWITCHES = {
    "GRADIO_ANALYTICS_ENABLED": "False",
    "GRADIO_RUN_HISTORY": "False",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
}
MUST_BE_UNSET = (
    "GRADIO_SHARE",
    "GRADIO_VIBE_MODE",
    "LANGCHAIN_TRACING",
    "LANGCHAIN_TRACING_V2",
    "LANGSMITH_TRACING",
    "LANGSMITH_TRACING_V2",
)
_OFF = {"", "0", "false", "no", "off"}


class TellsOthersError(QAError):
    """A setting of the environment would send questions to another host or open the page to others."""


def stay_offline(environment: MutableMapping[str, str]) -> None:
    """Sets every switch in the environment; raises :class:`TellsOthersError` if it asks for the opposite."""
    for name in MUST_BE_UNSET:
        value = environment.get(name, "")
        if value.strip().lower() not in _OFF:
            raise TellsOthersError(
                f"{name} is set to {value!r}: with it, questions or the page would leave this machine. "
                f"Unset {name} and start again."
            )
    environment.update(SWITCHES)
