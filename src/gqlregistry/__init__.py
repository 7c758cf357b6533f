"""The open, self-hosted artifact registry for machine learning."""

__version__ = "0.1.0"
