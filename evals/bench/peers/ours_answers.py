"""Ours as people use it: not only found, but answered, with every statement cited."""

from __future__ import annotations

from evals.bench.peers.ours import answers as opened
from evals.bench.peers.ours import build as build

__all__ = ["build", "opened"]
