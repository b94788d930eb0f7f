"""What hosts the app: files that no test runs must at least say the same as the code."""

import json
import os
import re
import shutil
import socket
import subprocess
import time
import tomllib
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pytest
import yaml

from dashboard import images
from deploy.nginx import configuration

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"


def documents(name: str) -> list[dict[str, Any]]:
    return list(yaml.safe_load_all((DEPLOY / name).read_text("utf-8")))


def kubernetes(kind: str) -> dict[str, Any]:
    (found,) = [each for each in documents("kubernetes.yaml") if each["kind"] == kind]
    return found


def config() -> dict[str, Any]:
    return tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))


def test_the_limit_of_a_file_is_the_same_everywhere():
    limit = images.MAX_MEGABYTES
    assert f"client_max_body_size {limit + 1}m;" in configuration(["app:8501"])
    annotations = kubernetes("Ingress")["metadata"]["annotations"]
    assert annotations["nginx.ingress.kubernetes.io/proxy-body-size"] == f"{limit + 1}m"
    # An uploader that names no limit of its own takes the configured one; texts are filled with {limit}.
    for sentence in re.findall(
        r"\d+ M[Bo]\b", (ROOT / "dashboard/locales/fr/images.toml").read_text("utf-8")
    ):
        pytest.fail(sentence)


def test_nothing_is_left_to_fill_in_nginx_configuration():
    text = re.sub("#.*", "", configuration(["app:8501", "other:8501"], 8080, "/tmp/door"))
    assert not re.search(r"@\w+@", text)
    assert text.count("{") == text.count("}")
    assert "server app:8501 " in text and "server other:8501 " in text


def test_kubernetes_objects_fit_together():
    """References and names; a cluster's own check (`kubectl apply --dry-run=server`) is not run here."""
    pods = kubernetes("Deployment")["spec"]["template"]
    labels = pods["metadata"]["labels"]
    for kind in ("Deployment", "PodDisruptionBudget"):
        assert kubernetes(kind)["spec"]["selector"]["matchLabels"] == labels
    service = kubernetes("Service")
    assert service["spec"]["selector"] == labels
    (container,) = pods["spec"]["containers"]
    (port,) = container["ports"]
    assert service["spec"]["ports"][0]["targetPort"] == port["containerPort"]
    for probe in ("startupProbe", "readinessProbe", "livenessProbe"):
        assert container[probe]["httpGet"]["port"] == port["containerPort"]
    (path,) = kubernetes("Ingress")["spec"]["rules"][0]["http"]["paths"]
    backend = path["backend"]["service"]
    assert backend["name"] == service["metadata"]["name"]
    assert backend["port"]["number"] == service["spec"]["ports"][0]["port"]
    mounted = {mount["name"] for mount in container["volumeMounts"]}
    assert mounted == {volume["name"] for volume in pods["spec"]["volumes"]}
    assert (
        container["securityContext"]["readOnlyRootFilesystem"]
        and pods["spec"]["securityContext"]["runAsNonRoot"]
    )
    assert (
        kubernetes("PodDisruptionBudget")["spec"]["minAvailable"]
        < kubernetes("Deployment")["spec"]["replicas"]
    )


def test_compose_services_fit_together():
    """What is checked without Docker: names, files and health; `docker compose config` is not run here."""
    (compose,) = documents("compose.yaml")
    services = compose["services"]
    assert set(services["door"]["depends_on"]) <= set(services)
    build = services["app"]["build"]
    assert (DEPLOY / build["context"] / build["dockerfile"]).resolve() == DEPLOY / "Dockerfile"
    assert services["app"]["read_only"] and services["door"]["read_only"]


def test_the_image_holds_all_that_the_app_reads():
    """Every folder and file of the app's own at the root is copied, but for what only develops it."""
    text = (DEPLOY / "Dockerfile").read_text("utf-8")
    copied = {
        name for line in re.findall(r"^COPY (?!--from)(.*) \S+$", text, re.MULTILINE) for name in line.split()
    }
    served = {"dashboard", "pages", "pretrained", "static", ".streamlit", "streamlit_app.py"}
    served |= {f"deploy/{name}.py" for name in ("app", "limits", "serve")}
    assert served | {"requirements.txt"} == copied
    assert all((ROOT / name).exists() for name in copied)
    command = re.findall(r"^CMD (.*)$", text, re.MULTILINE)
    assert json.loads(command[-1]) == ["python", "-m", "deploy.serve"]


def test_without_a_replica_the_door_says_so_in_the_visitors_language(tmp_path):
    nginx = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    assert nginx, "nginx is not installed"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    (tmp_path / "nginx.conf").write_text(configuration(["127.0.0.1:1"], port, str(tmp_path)), "utf-8")
    user = " user root;" if os.geteuid() == 0 else ""
    command = [nginx, "-e", "stderr", "-c", str(tmp_path / "nginx.conf"), "-g", f"daemon off;{user}"]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as door:
        try:
            for language, words in (("fr-FR,fr;q=0.9", "L'exposition est"), ("de", "The exhibition is busy")):
                asked = urllib.request.Request(
                    f"http://127.0.0.1:{port}/perceptron", headers={"Accept-Language": language}
                )
                status, text = answer(asked)
                assert status == 502 and words in text and "http-equiv=refresh" in text
        finally:
            door.terminate()


def answer(asked: urllib.request.Request) -> tuple[int, str]:
    """Status and text, once the server listens."""
    for _ in range(100):
        try:
            with urllib.request.urlopen(asked, timeout=5) as good:
                return good.status, good.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()
        except OSError:
            time.sleep(0.05)
    raise AssertionError("nginx does not listen")
