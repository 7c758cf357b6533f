"""A larger lineage, made up by a seeded generator: twelve weeks of camera traps, from raw photos to a model in use.

Each week every station's photos are ingested and cleaned. Every other week all stations are split into one data set;
from it come features, training runs (some fail), evaluations, a distilled model, and a new release.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from gqlregistry.demo.script import ADMIN, Output, Run, Script
from gqlregistry.demo.zoo import MODELS, TEAM
from gqlregistry.registry.words import ADJECTIVES, NOUNS

DATA = f"{TEAM}/wildlife-data"
TRAINING = f"{TEAM}/wildlife-models"
RELEASED = f"{MODELS}/wildlife"
MOBILE = f"{MODELS}/wildlife-mobile"

_SEED = 20
_START = datetime(2026, 1, 5, tzinfo=UTC)
_WEEKS = 12
_STATIONS = ("north-gate", "river-bend", "old-quarry", "birch-ridge", "salt-marsh")
_SIZES = (224, 384)
_TRAINED_ON_EACH_SPLIT = 8
_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"


def tell(script: Script) -> None:
    """Put down all the weeks."""
    _Weeks(script).tell()


class _Weeks:
    """What the generator remembers while it makes weeks up."""

    def __init__(self, script: Script) -> None:
        self._script = script
        self._random = Random(_SEED)
        self._made_up = 0
        self._logged: dict[str, list[Output]] = {}
        self._linked: Counter[str] = Counter()
        self._runs: Counter[str] = Counter()
        self._released = False

    def tell(self) -> None:
        for name, about in (("wildlife-data", "Photos from camera traps"), ("wildlife-models", "Who was there?")):
            project = {"owner": {"name": TEAM}, "name": name, "description": about}
            self._script.do(ADMIN, _START - timedelta(hours=12), "createProject", **project)
        self._common()
        for week in range(_WEEKS):
            monday = _START + timedelta(weeks=week)
            for station in _STATIONS:
                self._photos(station, monday, week)
            if week == 5:
                self._withdraw(f"{DATA}/clean_old-quarry:v2", monday + timedelta(days=2))
            if week % 2:
                self._release(monday + timedelta(days=1), week)

    def _common(self) -> None:
        """What nearly all later runs use."""
        self._run(
            DATA,
            "jonas",
            _START - timedelta(hours=10),
            "import",
            logs=[self._made("species_list", "dataset", {"species": 214})],
        )
        backbone = {"parameters": 28_589_128, "source": "https://models.example/convnext-tiny"}
        at = _START - timedelta(hours=9)
        self._run(TRAINING, "maya", at, "import", logs=[self._made("backbone", "model", backbone)])

    def _photos(self, station: str, monday: datetime, week: int) -> None:
        """A station's week: ingested, and cleaned unless the ingestion failed."""
        at = monday + timedelta(hours=1, minutes=self._random.randrange(240))
        photos = self._random.randrange(800, 9000)
        taken = {"station": station, "week": week + 1, "photos": photos}
        raw = self._made(f"photos_{station}", "dataset", taken)
        if not self._run(DATA, "jonas", at, "ingest", logs=[raw], failing=0.05, minutes=40):
            return
        uses = [f"photos_{station}:latest", "species_list:latest"]
        if self._released:
            uses.append(f"{RELEASED}:production")
        clean = self._made(f"clean_{station}", "dataset", {**taken, "photos": photos * 9 // 10})
        at += timedelta(hours=2)
        self._run(DATA, "jonas", at, "clean", uses, [clean], failing=0.08, minutes=75)

    def _release(self, tuesday: datetime, week: int) -> None:
        """Split, features, training, evaluation, distillation, and a place in the registry for the best."""
        stations = [f"clean_{station}:latest" for station in _STATIONS]
        split = self._made("wildlife_split", "dataset", {"test_share": 0.1, "weeks": week + 1})
        for again in range(1 + self._random.randrange(2)):
            at = tuesday + timedelta(hours=8 + again)
            self._run(DATA, "jonas", at, "split", [*stations, "species_list:latest"], [split], minutes=25)
        data = f"{DATA}/{self._newest('wildlife_split')}"
        for size in _SIZES:
            features = self._made(f"features_{size}", "features", {"size": size})
            at = tuesday + timedelta(hours=11, minutes=size // 10)
            self._run(TRAINING, "priya", at, "features", [data], [features], minutes=80)
        best, accuracy = self._train(data, tuesday + timedelta(days=1), week)
        at = tuesday + timedelta(days=3)
        smaller = round(accuracy - 0.02, 3)
        mobile = self._made("detector_mobile", "model", {"accuracy": smaller, "teacher": best})
        self._run(TRAINING, "priya", at, "distil", [best, data], [mobile], minutes=300)
        name = self._newest("detector_mobile")
        self._evaluate(name, data, at + timedelta(hours=6), smaller)
        self._promote(best, name, accuracy, at + timedelta(hours=9))

    def _train(self, data: str, at: datetime, week: int) -> tuple[str, float]:
        """A sweep of training runs, each evaluated if it ends well. Answers the best model and its accuracy."""
        found: list[tuple[float, str]] = []
        for number in range(_TRAINED_ON_EACH_SPLIT):
            size = self._random.choice(_SIZES)
            config = {
                "size": size,
                "learning_rate": round(10 ** self._random.uniform(-4.5, -2.5), 6),
                "epochs": self._random.choice((10, 20, 40)),
            }
            accuracy = round(min(0.97, 0.7 + 0.018 * week + self._random.uniform(-0.06, 0.06)), 3)
            name = f"detector_{size}"
            model = self._made(name, "model", {**config, "accuracy": accuracy})
            start = at + timedelta(hours=2 * number)
            well = self._run(
                TRAINING,
                self._random.choice(("maya", "priya")),
                start,
                "train",
                [f"features_{size}:latest", "backbone:v0"],
                [model],
                # One is always good enough to be released.
                failing=0.22 if number else 0,
                minutes=70,
                group=f"sweep-{week // 2 + 1}",
                config=config,
            )
            if well:
                trained = self._newest(name)
                found.append((accuracy, trained))
                self._evaluate(trained, data, start + timedelta(minutes=80), accuracy)
        accuracy, best = max(found)
        return best, accuracy

    def _evaluate(self, model: str, data: str, at: datetime, accuracy: float) -> None:
        table = Output("evaluation", "evaluation", {"table.json": f"s3://wildlife/tables/{model}.json"}, {"of": model})
        uses = [model, data, f"{DATA}/species_list:latest"]
        self._run(TRAINING, "priya", at, "evaluate", uses, [table], minutes=20, summary={"accuracy": accuracy})

    def _promote(self, best: str, mobile: str, accuracy: float, at: datetime) -> None:
        """Link both models; `production` follows `staging` after two days, if nothing was found."""
        for model, collection in ((best, RELEASED), (mobile, MOBILE)):
            target, version = {"name": collection}, f"v{self._linked[collection]}"
            self._linked[collection] += 1
            artifact = {"name": f"{TRAINING}/{model}"}
            reason = f"best of its sweep, accuracy {accuracy}"
            self._script.do("priya", at, "linkArtifact", artifact=artifact, collection=target, reason=reason)
            moved = {"collection": target, "version": version}
            self._script.do("priya", at, "setAlias", **moved, alias="staging", reason="on trial at two stations")
            if self._released and self._random.random() < 0.25:
                continue
            later = at + timedelta(days=2)
            self._script.do("tomas", later, "setAlias", **moved, alias="production", reason="two days without a fault")
        self._released = True

    def _withdraw(self, version: str, at: datetime) -> None:
        reason = "the station's clock was wrong by a month"
        self._script.do("jonas", at, "deleteArtifact", artifact={"name": version}, reason=reason)

    def _run(
        self,
        project: str,
        actor: str,
        at: datetime,
        job_type: str,
        uses: Sequence[str] = (),
        logs: Sequence[Output] = (),
        failing: float = 0,
        minutes: float = 5,
        **more: Any,
    ) -> bool:
        """Put down a run; answer whether it ended well, and so logged what it was to log."""
        well = self._random.random() >= failing
        state = "FINISHED" if well else self._random.choice(("FAILED", "FAILED", "CRASHED", "KILLED"))
        self._runs[project] += 1
        name = f"{self._random.choice(ADJECTIVES)}-{self._random.choice(NOUNS)}-{self._runs[project]}"
        slug = "".join(self._random.choices(_LETTERS, k=8))
        if not well:
            logs, minutes = (), minutes * self._random.uniform(0.05, 0.9)
        for output in logs:
            versions = self._logged.setdefault(output.collection, [])
            if output not in versions:
                versions.append(output)
        self._script.run(project, Run(actor, at, slug, name, job_type, uses, logs, state, minutes, **more))
        return well

    def _made(self, collection: str, type: str, metadata: Mapping[str, Any]) -> Output:
        """A version like no other before, too big to be kept here."""
        self._made_up += 1
        parts = {f"part-{n}.tar": f"s3://wildlife/{collection}/{self._made_up:04}/part-{n}.tar" for n in range(3)}
        return Output(collection, type, parts, metadata)

    def _newest(self, collection: str) -> str:
        return f"{collection}:v{len(self._logged[collection]) - 1}"
