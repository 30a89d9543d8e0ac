"""Questions with known answers, and how well the tool and its baselines answer them; ``python -m evals``."""
