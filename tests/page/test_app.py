"""Starting the page: what is said and the exit status when it cannot start."""

import signal
import socket
import subprocess
import sys

import pytest

from tests.page.conftest import ROOT, environment


def start(*arguments, home, seconds=120, **settings):
    return subprocess.run(
        [sys.executable, "app.py", *arguments],
        cwd=ROOT,
        env={**environment(home), **settings},
        capture_output=True,
        text=True,
        timeout=seconds,
        check=False,
    )


def test_help_is_instant_because_nothing_heavy_is_imported():
    code = "import app, sys; print(sorted({'gradio', 'torch', 'faiss', 'langchain'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_a_port_in_use_is_said_and_ends_with_2(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = start("--port", str(port), home=tmp_path)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr == (
        f"Cannot listen on 127.0.0.1 port {port}: Address already in use. If another program uses the port, "
        f"stop it or choose another: python app.py --port {port + 1}\n"
    )


@pytest.mark.parametrize("port", ["70000", "-1", "http", "٣"])
def test_what_is_no_port_is_said_and_ends_with_2(tmp_path, port):
    done = start(f"--port={port}", home=tmp_path)
    assert done.returncode == 2
    assert f"{port!r} is not a port; give a number from 0 to 65535" in done.stderr


def test_a_host_that_does_not_exist_is_said_and_ends_with_2(tmp_path):
    done = start("--host", "no-such-host.invalid", "--port", "0", "--without-sign-in", home=tmp_path)
    assert done.returncode == 2
    assert done.stderr.startswith("Cannot listen on no-such-host.invalid port 0: ")
    assert "Traceback" not in done.stderr


def test_an_address_that_others_can_reach_is_refused_without_sign_in(tmp_path):
    done = start("--host", "0.0.0.0", "--port", "0", home=tmp_path)
    assert done.returncode == 2
    assert done.stderr.startswith("Not listening on 0.0.0.0: anyone who can reach it could use the page")


@pytest.mark.parametrize(
    ("setting", "value", "said"),
    [
        ("GRADIO_SHARE", "True", "GRADIO_SHARE is set to 'True'"),
        ("QA_REPORT", "no-such-report", "There is no report 'no-such-report'"),
        ("QA_GENERATOR", "nonsense", "'nonsense'"),
        ("QA_TIMEOUT", "soon", "QA_TIMEOUT cannot be 'soon'"),
        ("QA_USERS_FILE", "no-such-file", "Make the file with: python -m qa users add NAME"),
        ("QA_TRUSTED_USER_HEADER", "X-User", "but not QA_TRUSTED_PROXY"),
        ("QA_RATE", "0", "QA_RATE cannot be '0'"),
        ("QA_REPORT_MANAGERS", "ann", "QA_REPORT_MANAGERS names people, but nobody signs in"),
    ],
)
def test_a_setting_that_cannot_be_is_said_and_ends_with_2(tmp_path, setting, value, said):
    done = start("--port", "0", home=tmp_path, **{setting: value})
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.encoder
def test_an_index_that_was_tampered_with_ends_with_3(tmp_path):
    folder = tmp_path / "indexes" / "kingston-2012"
    folder.mkdir(parents=True)
    (folder / "manifest.json").write_text("{}")
    done = start("--port", "0", home=tmp_path)
    assert done.returncode == 3
    assert "python -m index build" in done.stderr
    assert "Traceback" not in done.stderr


def test_ctrl_c_stops_the_page_without_a_traceback(tmp_path):
    with subprocess.Popen(
        [sys.executable, "app.py", "--port", "0"],
        cwd=ROOT,
        env=environment(tmp_path),
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stderr.readline().startswith("The page is at http://127.0.0.1:")
        process.send_signal(signal.SIGINT)
        said = process.stderr.read()
        assert process.wait(60) == 0
    assert "Traceback" not in said
