"""What a team has done with MLflow, by its client. Prints the ids of two runs and of two models."""

import sys
import time
from pathlib import Path

PARAMETERS = {"lr": "0.1", "depth": "3"}


def main(url: str) -> None:
    import mlflow
    from mlflow.entities import Dataset, DatasetInput, LoggedModelInput, LoggedModelOutput, LoggedModelStatus

    mlflow.set_tracking_uri(url)
    mlflow.set_registry_uri(url)
    client = mlflow.MlflowClient(url, url)
    experiment = client.create_experiment("animals / zoo")

    def run(name: str, user: str) -> str:
        tags = {"mlflow.user": user, "mlflow.source.name": "t.py", "mlflow.source.git.commit": "abc123"}
        made = client.create_run(experiment, run_name=name, tags={**tags, "mlflow.note.content": "a note"})
        id: str = made.info.run_id
        return id

    def model(number: int) -> str:
        made = client.create_logged_model(experiment, "zoo", source_run_id=train, params={"number": str(number)})
        folder = Path(f"model-{number}")
        folder.mkdir()
        (folder / "MLmodel").write_text(f"flavors: {{}}\nmodel_id: {made.model_id}\n")
        (folder / "weights.bin").write_bytes(b"w" * 1000)
        client.log_model_artifacts(made.model_id, str(folder))
        client.finalize_logged_model(made.model_id, LoggedModelStatus.READY)
        client.log_outputs(train, [LoggedModelOutput(made.model_id, 0)])
        # They are told apart by when they were made.
        time.sleep(0.01)
        id: str = made.model_id
        return id

    train = run("train", "alice@x.com")
    for name, value in PARAMETERS.items():
        client.log_param(train, name, value)
    client.log_metric(train, "acc", 0.9)
    client.log_metric(train, "bad", float("nan"))
    data = Dataset("animals", "d1ge57", "http", '{"url": "https://example.com/animals.csv"}')
    client.log_inputs(train, datasets=[DatasetInput(data, [])])
    Path("confusion.txt").write_text("1 2\n3 4\n")
    client.log_artifact(train, "confusion.txt", "plots")
    models = [model(0), model(1)]
    judge = run("judge", "bob")
    client.log_inputs(judge, models=[LoggedModelInput(models[1])])
    client.set_terminated(judge, "FAILED")
    client.create_registered_model("Zoo Model", description="Which animal is it?")
    for each in models:
        client.create_model_version("Zoo Model", f"models:/{each}", run_id=train, model_id=each)
    # As before MLflow 3: a folder of a run.
    client.log_artifacts(train, "model-0", "old")
    client.set_terminated(train)
    client.create_model_version("Zoo Model", f"{client.get_run(train).info.artifact_uri}/old", run_id=train)
    client.set_registered_model_alias("Zoo Model", "champion", "2")
    sys.stdout.write(f"{' '.join([train, judge, *models])}\n")


if __name__ == "__main__":
    main(sys.argv[1])
