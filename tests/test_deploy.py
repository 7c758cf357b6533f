"""The files to deploy with: what reads them finds nothing wrong, and what they set is a setting."""

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import yaml

from gqlregistry.settings import PREFIX, Settings

DEPLOY = Path(__file__).parent.parent / "deploy"
MANIFESTS = [each for each in yaml.safe_load_all((DEPLOY / "kubernetes" / "gqlregistry.yaml").read_text()) if each]
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
HADOLINT = Path(sys.executable).parent / "hadolint"


@pytest.mark.skipif(not HADOLINT.exists(), reason="hadolint has no wheel for this machine")
def test_the_container_file_is_linted() -> None:
    done = subprocess.run([HADOLINT, DEPLOY / "Containerfile"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.parametrize("manifest", MANIFESTS, ids=lambda each: each["kind"])
def test_the_manifests_are_what_kubernetes_takes(manifest: dict[str, Any]) -> None:
    kubernetes_validate.validate(manifest, "1.31", strict=True)


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed")
def test_the_unit_is_what_systemd_takes(tmp_path: Path) -> None:
    text = (DEPLOY / "systemd" / "gqlregistry.service").read_text()
    unit = tmp_path / "gqlregistry.service"
    unit.write_text(text.replace("/opt/gqlregistry/bin/gqlregistry", sys.executable))
    done = subprocess.run(["systemd-analyze", "verify", unit], capture_output=True, text=True, check=False)
    assert [line for line in done.stderr.splitlines() if "gqlregistry" in line] == []
    assert done.returncode == 0


@pytest.mark.parametrize(
    "path", sorted(each for each in DEPLOY.rglob("*") if each.is_file()), ids=lambda each: each.name
)
def test_every_setting_that_is_named_is_one(path: Path) -> None:
    named = set(re.findall(rf"\b{PREFIX}([A-Z_]+)\b", path.read_text())) - {"NAME"}
    assert {each.lower() for each in named} <= set(Settings.model_fields)


def test_what_a_service_waits_for_is_a_service() -> None:
    services = COMPOSE["services"]
    assert {name for each in services.values() for name in each.get("depends_on", ())} <= set(services)
    assert set(COMPOSE["volumes"]) == {
        volume.partition(":")[0] for each in services.values() for volume in each.get("volumes", ())
    }


def test_clients_are_not_sent_to_a_bucket_that_only_the_server_reaches() -> None:
    services = COMPOSE["services"]
    assert "ports" not in services["bucket"]
    assert services["gqlregistry"]["environment"][f"{PREFIX}BUCKET_LINKS"] == "false"


def test_probes_and_ports_are_those_of_the_server() -> None:
    [deployment] = [each for each in MANIFESTS if each["kind"] == "Deployment"]
    pod = deployment["spec"]["template"]["spec"]
    [container] = pod["containers"]
    assert container["ports"][0]["containerPort"] == Settings.model_fields["port"].default
    paths = {container[f"{kind}Probe"]["httpGet"]["path"] for kind in ("startup", "liveness", "readiness")}
    assert paths == {"/healthz", "/readyz"}
    [settings] = [each["data"] for each in MANIFESTS if each["kind"] == "ConfigMap"]
    assert pod["terminationGracePeriodSeconds"] > float(settings[f"{PREFIX}SHUTDOWN_SECONDS"]) + 10
