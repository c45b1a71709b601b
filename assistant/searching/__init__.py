"""From an understood question to ranked passages: meaning and words, filters inside, fused."""
