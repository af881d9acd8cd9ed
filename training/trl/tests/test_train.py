"""Training: the loss falls, a killed run goes on as if nothing had been, and a folder is not mixed up with another run."""

import hashlib
import json
import signal
import subprocess

from conftest import PACKAGE, train_command


def events(stdout: str) -> list[dict]:
    return [json.loads(line) for line in stdout.splitlines() if line.startswith("{")]


def log(folder) -> list[dict]:
    return [json.loads(line) for line in (folder / "log.jsonl").read_text().splitlines()]


def test_twenty_steps_lower_the_loss(checkpoint):
    losses = [entry["loss"] for entry in log(checkpoint)]
    assert losses[-1] < 0.8 * losses[0]
    assert (checkpoint / "loss.svg").read_text().startswith("<svg")


def test_the_manifest_names_the_hash_of_every_file(checkpoint):
    manifest = json.loads((checkpoint / "manifest.json").read_text())
    assert {"model.safetensors", "tokenizer.json", "config.json", "training.json"} <= manifest["files"].keys()
    for name, digest in manifest["files"].items():
        assert hashlib.sha256((checkpoint / name).read_bytes()).hexdigest() == digest


KILLED = """
import os, signal, sys
from medresearcher_trl import train

def killed(self, args, state, control, **_):
    os.kill(os.getpid(), signal.SIGKILL)

train.Glance.on_save = killed
sys.exit(train.main())
"""
"""Training that is killed the moment its first checkpoint is whole."""


def test_killed_in_the_middle_it_goes_on_to_the_same_model(rows_file, checkpoint, tmp_path):
    out = tmp_path / "agent"
    command = train_command(rows_file, out, "--steps", "20")
    program, _, module, *arguments = command
    assert module == "medresearcher_trl.train"
    killed = subprocess.run([program, "-c", KILLED, *arguments], cwd=PACKAGE, capture_output=True)
    assert killed.returncode == -signal.SIGKILL
    again = subprocess.run(command, cwd=PACKAGE, capture_output=True, text=True, check=True)
    assert events(again.stdout)[1] == {"event": "resumed", "step": 10}
    assert (out / "model.safetensors").read_bytes() == (checkpoint / "model.safetensors").read_bytes()
    assert [entry["step"] for entry in log(out)] == [entry["step"] for entry in log(checkpoint)]


def test_no_steps_give_the_random_weights_to_compare_with(rows_file, tmp_path):
    subprocess.run(train_command(rows_file, tmp_path / "agent", "--steps", "0"), cwd=PACKAGE, check=True, capture_output=True)
    manifest = json.loads((tmp_path / "agent/manifest.json").read_text())
    assert (manifest["steps"], manifest["validation"]["turnAccuracy"]) == (0, 0.0)
    assert (tmp_path / "agent/model.safetensors").exists()


def test_a_stop_is_orderly_and_says_so(rows_file, tmp_path):
    command = train_command(rows_file, tmp_path / "agent", "--steps", "2000")
    with subprocess.Popen(command, cwd=PACKAGE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        for line in process.stdout:
            if json.loads(line)["event"] == "progress":
                process.send_signal(signal.SIGINT)
                break
        rest = events(process.stdout.read())
    assert rest[-1]["event"] == "stopped"
    assert process.returncode == 130
    assert (tmp_path / f"agent/checkpoints/checkpoint-{rest[-1]['step']}").exists()


def test_a_finished_run_is_not_done_again_and_another_one_needs_its_own_folder(rows_file, checkpoint):
    def run(*more):
        return subprocess.run(train_command(rows_file, checkpoint, *more), cwd=PACKAGE, capture_output=True, text=True)

    assert events(run("--steps", "20").stdout) == [
        {"event": "done", **json.loads((checkpoint / "manifest.json").read_text()), "already": True}
    ]
    other = run("--steps", "30")
    assert other.returncode == 1
    assert "another steps" in other.stderr
