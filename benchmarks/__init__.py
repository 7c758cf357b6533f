"""Measures gqlregistry against the floor, against other servers, and against itself at other sizes."""
