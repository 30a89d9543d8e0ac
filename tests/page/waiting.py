"""Waiting for what is asynchronous, where a browser may have a loop of its own in this thread."""

import asyncio
from concurrent.futures import ThreadPoolExecutor


def finish(coroutine):
    """What the coroutine gives, worked out in another thread."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, coroutine).result()
