"""The version of the reading code. Raise it when pages come out differently: documents read before are then due."""

READING_VERSION = 4
