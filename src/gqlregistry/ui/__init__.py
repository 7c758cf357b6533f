"""The door for people: the web pages that `hatch_build.py` has built from `web/` into `dist`."""
