"""Whether cited paragraphs support a statement: aligned sentences, signs, and a verdict; no language model."""
