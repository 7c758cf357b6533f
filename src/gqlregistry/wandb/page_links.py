"""Where the links lead that the client prints: to the web pages of this server.

They are made in the client: `Settings.app_url`, `Run.url`, `Project.url`, `Artifact.url`, `wbauth/prompt.py`.
"""

from collections.abc import Awaitable, Callable
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Match, Route
from starlette.types import Scope

from gqlregistry.registry.names import REGISTRY_PREFIX
from gqlregistry.responses import takes_html

Handler = Callable[[Request], Awaitable[Response]]


class ForReaders(Route):
    """A page's address. To the client's own requests it is none."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Match what comes from a browser alone."""
        if scope["type"] != "http" or not takes_html(Request(scope)):
            return Match.NONE, {}
        return super().matches(scope)


def page_routes() -> list[Route]:
    """The addresses of pages below `/wandb`. To come behind what the client asks for there."""
    return [
        ForReaders("/", to_home),
        ForReaders("/authorize", to_authorize),
        ForReaders("/login", to_authorize),
        ForReaders("/settings", to_authorize),
        ForReaders("/orgs/{organization}/registry/{registry}", to_registry),
        ForReaders("/{entity}/registry/{registry}", to_registry),
        ForReaders("/{entity}/{project}", to_project),
        ForReaders("/{entity}/{project}/workspace", to_project),
        ForReaders("/{entity}/{project}/runs/{run}", to_run),
        ForReaders("/{entity}/{project}/runs/{run}/{tab:path}", to_run),
        ForReaders("/{entity}/{project}/artifacts", to_artifacts),
        ForReaders("/{entity}/{project}/artifacts/{type}", to_artifacts),
        ForReaders("/{entity}/{project}/artifacts/{type}/{collection}", to_collection),
        ForReaders("/{entity}/{project}/artifacts/{type}/{collection}/{version}", to_collection),
        ForReaders("/{entity}/{project}/artifacts/{type}/{collection}/{version}/{tab:path}", to_collection),
    ]


async def to_home(request: Request) -> Response:
    """The start."""
    return _to()


async def to_authorize(request: Request) -> Response:
    """How to get a key, as `wandb login` says."""
    return _to("authorize")


async def to_project(request: Request) -> Response:
    """A project, or a registry under the client's name for it."""
    return _to(*_place(request.path_params["entity"], request.path_params["project"]))


async def to_run(request: Request) -> Response:
    """A run, as it is printed when it starts and when it ends."""
    given = request.path_params
    return _to("projects", given["entity"], given["project"], "runs", given["run"])


async def to_artifacts(request: Request) -> Response:
    """The collections of a project."""
    given = request.path_params
    place = _place(given["entity"], given["project"])
    return _to(*place, *(("-", "artifacts") if place[0] == "projects" else ()))


async def to_collection(request: Request) -> Response:
    """A collection, or a version in it."""
    given = request.path_params
    return _to(*_held(given["entity"], given["project"]), given["collection"], given.get("version", ""))


async def to_registry(request: Request) -> Response:
    """A registry, or what is selected in it: a version of a collection."""
    selected = request.query_params.get("selectionPath", "").split("/")
    if len(selected) == 3 and all(selected):
        entity, project, collection = selected
        return _to(*_held(entity, project), collection, request.query_params.get("version", ""))
    if "organization" not in request.path_params:
        raise HTTPException(404)
    return _to("registry", request.path_params["organization"], request.path_params["registry"])


def _place(entity: str, project: str) -> tuple[str, ...]:
    if project.startswith(REGISTRY_PREFIX):
        return "registry", entity, project.removeprefix(REGISTRY_PREFIX)
    return "projects", entity, project


def _held(entity: str, project: str) -> tuple[str, ...]:
    """What stands before a collection's name."""
    place = _place(entity, project)
    return (*place, "artifacts") if place[0] == "projects" else place


def _to(*parts: str) -> Response:
    return RedirectResponse("/" + "/".join(quote(part, safe="") for part in parts if part), 302)
