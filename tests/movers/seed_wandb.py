"""What a team has done with W&B, by its client: two runs, versions with all that versions have, a registry."""

from datetime import timedelta
from pathlib import Path

import wandb

WHERE = {"entity": "zoo-team", "project": "zoo", "settings": wandb.Settings(silent=True)}
ELSEWHERE = "s3://animals/owls.csv"


def main() -> None:
    data = wandb.Artifact("animals", type="dataset", description="All animals", metadata={"rows": 3})
    with data.new_file("train/owls.csv") as file:
        file.write("owl,1\n")
    data.add_reference(ELSEWHERE, name="owls.csv", checksum=False)
    with wandb.init(id="first", name="train", group="night", job_type="training", config={"lr": 0.1}, **WHERE) as run:
        run.notes, run.tags = "a note", ("baseline",)
        run.log_artifact(data, aliases=["raw"], tags=["animals"]).wait()
        for number in range(3):
            model = wandb.Artifact("owl-net", type="model")
            with model.new_file("weights") as file:
                file.write(f"weights {number}")
            run.log_artifact(model, aliases=[f"try-{number}"]).wait()
        for step in range(5):
            run.log({"loss": 1 / (step + 1)})
        Path("plot.txt").write_text("1 2 3")
        run.save("plot.txt", policy="end")
    api = wandb.Api()
    kept = api.artifact("zoo-team/zoo/owl-net:try-2")
    kept.ttl = timedelta(days=9000)
    kept.save()
    # What was deleted leaves a gap among the numbers.
    api.artifact("zoo-team/zoo/owl-net:try-1").delete(delete_aliases=True)
    with wandb.init(id="second", **WHERE) as run:
        run.use_artifact("animals:latest")
        again = wandb.Artifact("owl-net", type="model")
        with again.new_file("weights") as file:
            file.write("weights 2")
        run.log_artifact(again).wait()
        report = wandb.Artifact("report", type="report")
        report.add_reference(kept.get_entry("weights").ref_url(), name="used")
        run.log_artifact(report).wait()
    first = api.artifact("zoo-team/zoo/owl-net:v0").link("wandb-registry-model/Owls")
    kept.link("wandb-registry-model/Owls", aliases=["production"])
    first.unlink()
    wandb.init(id="third", **WHERE).finish(exit_code=3)


if __name__ == "__main__":
    main()
