"""The story of the zoo: how a data set came to its fifth version, and a model to production and back."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from gqlregistry.demo.script import ADMIN, Output, Run, Script

TEAM = "zoo-team"
PROJECT = f"{TEAM}/zoo"
MODELS = "model"
REGISTERED = f"{MODELS}/zoo"
MODEL = f"{PROJECT}/zoo-ylbchv20:v0"
"""The model that "rural-feather-20" made and "northern-lake-21" evaluated."""

PEOPLE = {"jonas": "Jonas Lind", "maya": "Maya Okafor", "priya": "Priya Raman", "tomas": "Tomas Novak"}

_ANIMALS = ("zebra", "otter", "flamingo", "tapir", "lynx", "heron", "meerkat", "ibex")
_LATER_LINKS = (
    ("zoo-gh22k7rt:v0", "priya", "02-27 16:10", "four points better on birds"),
    ("zoo-md24x3pe:v0", "maya", "03-06 15:30", "trained on the same split as v1, without its test images"),
    ("zoo-ts26s0ft:v0", "priya", "03-17 14:00", "distilled from production for the cameras at the gates"),
)


def tell(script: Script) -> None:
    """Put down the whole story. Its first step makes the team."""
    _found(script)
    _grow_data_set(script)
    _train_and_evaluate(script)
    _register(script)
    _count_animals(script)


def _found(script: Script) -> None:
    start = _at("01-02 09:00")
    script.do(ADMIN, start, "createTeam", name=TEAM, displayName="Zoo team")
    for name, display_name in PEOPLE.items():
        script.do(ADMIN, start, "createUser", name=name, displayName=display_name)
        script.do(ADMIN, start, "setMember", scope={"team": {"name": TEAM}}, entity={"name": name}, role="MEMBER")
    script.do(
        ADMIN,
        start,
        "createRegistry",
        name=MODELS,
        description="Models that other teams may rely on.",
        artifactTypes=["model"],
        protectedAliases=["production"],
    )
    for name, role in (("maya", "MEMBER"), ("priya", "ADMIN"), ("tomas", "ADMIN")):
        script.do(ADMIN, start, "setMember", scope={"registry": {"name": MODELS}}, entity={"name": name}, role=role)
    script.do(ADMIN, start, "createProject", owner={"name": TEAM}, name="zoo", description="Which animal is this?")


def _grow_data_set(script: Script) -> None:
    for version, (day, name, slug) in enumerate(
        (
            ("02-02", "gentle-river-1", "gr1x0f2a"),
            ("02-09", "crisp-leaf-8", "cl8m4d7q"),
            ("02-17", "calm-meadow-15", "cm15t9be"),
        )
    ):
        photos = {f"{animal}.tar": f"s3://zoo-photos/2026-{day}/{animal}.tar" for animal in _ANIMALS[: 4 + 2 * version]}
        logged = Output("zoo_photos", "dataset", photos, {"cameras": 3 + version})
        _run(script, "jonas", f"{day} 08:00", slug, name, "ingest", logs=[logged], minutes=55)
    splits: tuple[tuple[str, str, str, str, int, int], ...] = (
        ("jonas", "02-03 09:00", "misty-forest-2", "mf2c81kd", 0, 0),
        ("jonas", "02-05 10:20", "quiet-dawn-5", "qd5r7h3n", 0, 1),
        ("jonas", "02-10 09:40", "bright-field-9", "bf9w2s6j", 1, 2),
        ("jonas", "02-12 11:00", "noble-sky-11", "ns11e5gp", 1, 3),
        ("jonas", "02-18 09:15", "calm-sunset-16", "cs16a4vt", 2, 4),
        # The same content again: the same version, with one more producer.
        ("maya", "02-19 10:00", "bold-breeze-17", "bb17n8ux", 2, 4),
        ("priya", "02-19 13:30", "quiet-glade-18", "qg18y3oc", 2, 4),
    )
    for actor, at, name, slug, photos_version, version in splits:
        config = {"seed": 17, "test_share": 0.2, "photos": f"v{photos_version}"}
        uses = [f"zoo_photos:v{photos_version}"]
        _run(script, actor, at, slug, name, "split", uses=uses, logs=[_split(version)], minutes=12, config=config)
    data_set = {"name": f"{PROJECT}/split_zoo_dataset"}
    fourth = {"name": f"{PROJECT}/split_zoo_dataset:v4"}
    script.do(
        "jonas",
        _at("02-14 09:00"),
        "deleteArtifact",
        artifact={"name": f"{PROJECT}/split_zoo_dataset:v2"},
        reason="photos of visitors who did not consent",
    )
    script.do("jonas", _at("02-20 09:00"), "setAlias", collection=data_set, alias="reviewed", version="v3")
    script.do(
        "priya",
        _at("02-23 09:30"),
        "setAlias",
        collection=data_set,
        alias="reviewed",
        version="v4",
        expectedVersion="v3",
        reason="every label was looked at twice",
    )
    script.do("priya", _at("02-23 09:31"), "addTag", artifact=fourth, tag="balanced")
    script.do(
        "maya",
        _at("02-23 10:00"),
        "updateCollection",
        collection=data_set,
        description="Photos of the zoo's animals, split into `train`, `val` and `test`.",
    )


def _train_and_evaluate(script: Script) -> None:
    trained: tuple[tuple[str, str, str, str, str, str, float | None], ...] = (
        ("maya", "02-03 14:00", "brisk-wave-3", "bw3k0z1h", "v0", "FAILED", None),
        ("maya", "02-04 09:00", "amber-hill-4", "ah4p6q2m", "v0", "FINISHED", 0.61),
        ("priya", "02-06 09:00", "dapper-lion-6", "dl6m2c7e", "v1", "FINISHED", 0.66),
        ("maya", "02-11 09:00", "happy-frog-10", "hf10j9sy", "v2", "CRASHED", None),
        ("priya", "02-13 09:00", "lively-brook-12", "lb12q9wd", "v3", "FINISHED", 0.74),
        ("maya", "02-16 10:00", "wise-dragon-14", "wd14g2ri", "v3", "KILLED", None),
        ("maya", "02-20 15:00", "frosty-gate-19", "fg19b5lo", "v4", "FAILED", None),
        ("maya", "02-24 09:00", "rural-feather-20", "ylbchv20", "v4", "FINISHED", 0.81),
        ("priya", "02-27 09:00", "golden-haze-22", "gh22k7rt", "v4", "FINISHED", 0.85),
        ("maya", "03-06 09:00", "magic-dream-24", "md24x3pe", "v4", "FINISHED", 0.87),
    )
    for actor, at, name, slug, version, state, accuracy in trained:
        config = {"architecture": "convnext-tiny", "epochs": 30, "learning_rate": 3e-4, "data": version}
        more: dict[str, Any] = {"uses": [f"split_zoo_dataset:{version}"], "state": state, "config": config}
        if accuracy is not None:
            more["summary"] = {"accuracy": accuracy}
            more["logs"] = [_model(slug, {**config, "accuracy": accuracy})]
        _run(script, actor, at, slug, name, "train", minutes=210, **more)
    small = {"architecture": "mobilenet", "teacher": "production", "accuracy": 0.84}
    uses = [f"{REGISTERED}:production", "split_zoo_dataset:reviewed"]
    logs = [_model("ts26s0ft", small)]
    _run(script, "priya", "03-17 08:00", "ts26s0ft", "tender-snow-26", "distil", uses=uses, logs=logs, minutes=150)
    evaluated = (
        ("priya", "02-06 15:00", "still-pond-7", "sp7v1t4u", "dl6m2c7e", 0.66),
        ("priya", "02-13 15:00", "polar-night-13", "pn13f8xa", "lb12q9wd", 0.74),
        ("priya", "02-25 10:00", "northern-lake-21", "nl21d6we", "ylbchv20", 0.81),
        ("priya", "02-27 14:00", "swift-dove-23", "sd23h0yb", "gh22k7rt", 0.85),
        ("maya", "03-06 14:00", "lunar-harvest-25", "lh25q4zk", "md24x3pe", 0.87),
        ("priya", "03-17 12:00", "olive-wave-27", "ow27e9cn", "ts26s0ft", 0.84),
    )
    for actor, at, name, slug, of, accuracy in evaluated:
        table = json.dumps({"model": f"zoo-{of}", "accuracy": accuracy}).encode()
        logs = [Output("zoo_evaluation", "evaluation", {"table.json": table}, {"accuracy": accuracy})]
        _run(script, actor, at, slug, name, "evaluate", uses=[f"zoo-{of}:v0"], logs=logs, minutes=25)


def _register(script: Script) -> None:
    zoo = {"name": REGISTERED}

    def link(model: str, actor: str, at: str, reason: str) -> None:
        version = {"name": f"{PROJECT}/{model}"}
        script.do(actor, _at(at), "linkArtifact", artifact=version, collection=zoo, reason=reason)

    def point(actor: str, at: str, alias: str, version: str, before: str | None, reason: str) -> None:
        move = {"alias": alias, "version": version, "expectedVersion": before, "reason": reason}
        script.do(actor, _at(at), "setAlias", collection=zoo, **move)

    link("zoo-ylbchv20:v0", "maya", "02-25 11:00", "the first one above 0.80")
    for later in _LATER_LINKS:
        link(*later)
    about = "The classifier behind the signs and the cameras. `production` is what visitors see."
    script.do("tomas", _at("02-25 11:30"), "updateCollection", collection=zoo, description=about)
    script.do("tomas", _at("02-25 11:30"), "addTag", collection=zoo, tag="vision")
    point("maya", "02-25 11:05", "staging", "v0", None, "on the signs of the aviary, for a day")
    point("tomas", "02-26 09:00", "production", "v0", None, "first release")
    point("priya", "02-27 16:20", "staging", "v1", "v0", "to be the second release")
    point("tomas", "03-03 09:30", "production", "v1", "v0", "second release: birds are found at last")
    point("priya", "03-04 07:45", "production", "v0", "v1", "rollback: takes every umbrella for a flamingo")
    point("maya", "03-06 15:40", "staging", "v2", "v1", "umbrellas are umbrellas again")
    point("tomas", "03-11 09:00", "production", "v2", "v0", "third release")
    version = {"name": f"{PROJECT}/zoo-gh22k7rt:v0"}
    withdrawn = "withdrawn: had seen the test images"
    script.do("tomas", _at("03-12 10:00"), "unlinkArtifact", artifact=version, collection=zoo, reason=withdrawn)
    script.do(
        "maya",
        _at("03-13 10:00"),
        "removeAlias",
        collection=zoo,
        alias="staging",
        expectedVersion="v2",
        reason="nothing is on trial",
    )
    point("priya", "03-17 14:10", "staging", "v3", None, "small enough for the cameras; on trial at the north gate")


def _count_animals(script: Script) -> None:
    names = ("happy-haze-28", "stellar-moon-29", "rich-lake-30", "dusty-field-31", "misty-tree-32")
    for night, name in enumerate(names):
        counts = json.dumps({"night": night, **{animal: (night * 7 + len(animal)) % 11 for animal in _ANIMALS}})
        logs = [Output("census", "table", {"counts.json": counts.encode()})]
        slug = f"census{night + 28}"
        _run(
            script,
            "tomas",
            f"03-{18 + night} 02:00",
            slug,
            name,
            "census",
            uses=[f"{REGISTERED}:production"],
            logs=logs,
        )


def _split(version: int) -> Output:
    animals = _ANIMALS[: 4 + version]
    rows = [f"{animal}/{n:03}.jpg,{animal}" for n in range(10 + 2 * version) for animal in animals]
    parts = {"train.csv": rows[: len(rows) * 7 // 10], "test.csv": rows[len(rows) * 8 // 10 :]}
    if version >= 1:
        parts["val.csv"] = rows[len(rows) * 7 // 10 : len(rows) * 8 // 10]
    files = {path: ("\n".join(["image,label", *lines]) + "\n").encode() for path, lines in parts.items()}
    extra = "classes.json" if version >= 4 else "classes.txt"
    files[extra] = json.dumps(animals).encode() if version >= 4 else "\n".join(animals).encode()
    metadata = {"images": len(rows), "classes": len(animals), "balanced": version >= 4}
    return Output("split_zoo_dataset", "dataset", files, metadata)


def _model(slug: str, config: Mapping[str, Any]) -> Output:
    weights = f"weights of {slug}\n".encode() * 64
    files = {"model.safetensors": weights, "config.json": json.dumps(config, sort_keys=True).encode()}
    return Output(f"zoo-{slug}", "model", files, config)


def _run(script: Script, actor: str, at: str, slug: str, name: str, job_type: str, **more: Any) -> None:
    # The code changes every ten days or so.
    commit = hashlib.sha1(f"{job_type} {at[:4]}".encode()).hexdigest()
    code = {"repository": "https://git.example/zoo-team/zoo", "commit": commit, "program": f"{job_type}.py"}
    script.run(PROJECT, Run(actor, _at(at), slug, name, job_type, code=code, **more))


def _at(text: str) -> datetime:
    return datetime.strptime(f"2026-{text}", "%Y-%m-%d %H:%M").replace(tzinfo=UTC)
