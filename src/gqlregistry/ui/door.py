"""The addresses of the web pages. What an address shows is decided in the browser, by `web/src/app/App.tsx`."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import BaseRoute, Match, Mount, Route
from starlette.types import Scope

from gqlregistry.responses import takes_html
from gqlregistry.ui.assets import TYPES, Assets
from gqlregistry.ui.pages import APP, DIST, GRAPHIQL

ADDRESSES = (
    *("/", "/search", "/history", "/authorize", "/questions", "/questions/{path:path}"),
    *("/registry/{path:path}", "/projects/{path:path}"),
)
ASSETS = "/ui/assets"


class ForReaders(Route):
    """GraphiQL where programs have the API: for a browser that comes without a query."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Match a browser's GET that asks nothing."""
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            return Match.NONE, {}
        request = Request(scope)
        if "query" in request.query_params or not takes_html(request):
            return Match.NONE, {}
        return super().matches(scope)


def ui_routes() -> list[BaseRoute]:
    """The pages, and what they load. To come before the public schema's routes."""
    return [
        *(Route(path, app_page, name="app") for path in ADDRESSES),
        ForReaders("/graphql", graphiql_page, name="graphiql"),
        Mount(ASSETS, Assets(directory=DIST / "assets", check_dir=False), name="assets"),
        Route("/ui/icon.svg", icon),
    ]


async def app_page(request: Request) -> Response:
    """The page that shows every address of the app."""
    return APP.answer(request)


async def graphiql_page(request: Request) -> Response:
    """GraphiQL, from this server alone."""
    return GRAPHIQL.answer(request)


async def icon(request: Request) -> Response:
    """What stands in a browser's tab."""
    file = DIST / "icon.svg"
    if not file.is_file():
        raise HTTPException(404)
    return FileResponse(file, headers={"Cache-Control": "public, max-age=86400"}, media_type=TYPES[".svg"])


def not_found_page(request: Request) -> Response | None:
    """The app's word for an address that there is not, for people. None where a program has asked."""
    is_page = request.method in ("GET", "HEAD") and takes_html(request) and APP.is_built()
    return APP.answer(request, 404) if is_page and not request.url.path.startswith(f"{ASSETS}/") else None
