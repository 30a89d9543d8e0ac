"""Settings, read from environment variables that start with ``QA_``."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from corpus.home import data_home
from corpus.library import DEFAULT_REPORT
from index.encoder import DEFAULT_ENCODER
from qa.errors import InputError
from qa.values import QUOTES


class Settings(BaseSettings):
    """Every setting with its default; ``QA_HOME`` is the field ``home``, and so on."""

    model_config = SettingsConfigDict(env_prefix="QA_", frozen=True, extra="ignore")

    generator: str = Field(
        QUOTES,
        description="What writes the answers: quotes, openai:<model>, gguf:<path> or a langchain id.",
    )
    base_url: str | None = Field(
        None, description="Address of an OpenAI-compatible server, for openai:<model>."
    )
    api_key: SecretStr | None = Field(None, description="Key of the model's provider; never shown or logged.")
    timeout: float = Field(30.0, gt=0, le=600, description="Seconds for a whole answer.")
    home: Path = Field(default_factory=data_home, description="Directory for everything made at run time.")
    report: str = Field(
        DEFAULT_REPORT, description="Id of the report that is asked; several apart by commas, or all."
    )
    encoder: str = Field(
        DEFAULT_ENCODER, description="Sentence encoder: the default's name, or a model folder."
    )
    milvus_uri: str = Field(
        "",
        description="Where the index of all reports is: a Milvus server's address, or a file; else in QA_HOME.",
    )
    milvus_token: SecretStr | None = Field(None, description="`user:password` of the Milvus server.")
    council_contact: str = Field(
        "",
        max_length=200,
        description="How to reach the council's children's services, shown after a disclosure of harm.",
    )
    users_file: Path | None = Field(
        None, description="File of who may sign in to the page; `python -m qa users add NAME` makes it."
    )
    trusted_user_header: str = Field(
        "", pattern=r"^[A-Za-z0-9-]*$", description="Header in which a reverse proxy says who has signed in."
    )
    trusted_proxy: str = Field(
        "", description="Addresses of the reverse proxies whose headers are believed, apart by commas."
    )
    rate: int = Field(300, ge=1, le=100_000, description="Questions that one person may ask in a minute.")
    retention_days: int = Field(
        30, ge=1, le=3650, description="Days after its last question that a conversation is kept."
    )
    evaluation_runs: bool = Field(
        False, description="Whether an evaluation can be started from the evaluation page."
    )
    report_managers: str = Field(
        "",
        description="Names, as they sign in, of those who may add and remove reports on the page, apart by commas.",
    )
    local_report_changes: bool = Field(
        False,
        description="Without sign-in: whether whoever uses the page at this machine may add and remove reports.",
    )


def read_settings(**overrides: object) -> Settings:
    """The settings of the environment with overrides; a bad value raises :class:`InputError` naming the variable."""
    try:
        return Settings(**overrides)  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors()[0]
        name = "QA_" + str(first["loc"][0]).upper()
        raise InputError(
            f"{name} cannot be {first.get('input')!r}: {first['msg'].lower()}. Change it or unset it."
        ) from error
