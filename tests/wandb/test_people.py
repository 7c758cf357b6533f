"""Users, teams and projects by the unmodified client."""

from dataclasses import replace
from pathlib import Path

from tests.serving import command, process
from tests.wandb.client import KEY, Client


def test_the_caller_and_others_are_found(wandb: Client) -> None:
    wandb.run("""
        assert (api.viewer.username, api.viewer.admin, api.default_entity) == ("local", True, "local")
        assert api.user("local").username == "local"
        assert api.user("nobody") is None
        assert [user.username for user in api.users("local")] == ["local"]
    """)


def test_a_team_is_made_joined_and_left(tmp_path: Path, wandb: Client) -> None:
    data = str(tmp_path / "data")
    for name, more in (("ada", ["--key", KEY, "--admin"]), ("bob", [])):
        made = command("key", "create", name, *more, "--data", data)
        assert made.returncode == 0, made.stderr
    with process("--data", data) as server:
        replace(wandb, url=server.url).run("""
            team = api.create_team("zookeepers")
            assert [(member.username, member.admin) for member in team.members] == [("ada", True)]
            assert team.invite("bob")
            team = wandb.Api().team("zookeepers")
            assert [(m.username, m.admin) for m in team.members] == [("ada", True), ("bob", False)]
            assert team.invite("bob", admin=True)
            assert [m.admin for m in wandb.Api().team("zookeepers").members] == [True, True]
            assert wandb.Api().team("zookeepers").members[1].delete()
            assert [m.username for m in wandb.Api().team("zookeepers").members] == ["ada"]
            assert not team.invite("nobody@example.com")
            assert "zookeepers" in wandb.Api().viewer.teams
            with wandb.init(entity="zookeepers", project="p", settings=wandb.Settings(silent=True)) as run:
                assert run.entity == "zookeepers"
        """)


def test_projects_are_made_and_listed(wandb: Client) -> None:
    wandb.run("""
        api.create_project(f"{PROJECT}-a", "local")
        api.create_project(f"{PROJECT}-b", "local")
        names = [project.name for project in api.projects("local", per_page=1)]
        assert {f"{PROJECT}-a", f"{PROJECT}-b"} <= set(names) and len(names) == len(set(names))
        project = api.project(f"{PROJECT}-a", "local")
        assert (project.entity, project.url.endswith(f"/wandb/local/{PROJECT}-a/workspace")) == ("local", True)
    """)
