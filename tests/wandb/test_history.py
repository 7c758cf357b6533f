"""The history of a run, read back by the unmodified client in each of its ways."""

from tests.wandb.client import Client


def test_history_comes_back_whole_sampled_and_by_key(wandb: Client) -> None:
    wandb.run("""
        import math
        with begin(id="it") as run:
            for step in range(50):
                run.log({"loss": step / 2, **({"rare": step} if step % 10 == 0 else {}), "nan": math.nan})
        run = api.run(f"local/{PROJECT}/it")
        whole = run.history(pandas=False)
        assert [row["_step"] for row in whole] == list(range(50))
        assert (whole[3]["loss"], math.isnan(whole[3]["nan"])) == (1.5, True)
        sampled = run.history(samples=5, pandas=False)
        assert [row["_step"] for row in sampled] == [0, 12, 24, 36, 49]
        assert run.history(keys=["rare"], pandas=False) == [{"_step": s, "rare": s} for s in range(0, 50, 10)]
        assert run.history(keys=["rare", "loss"], x_axis="_step", samples=2, pandas=False) == [
            {"_step": 0, "rare": 0, "loss": 0}, {"_step": 40, "rare": 40, "loss": 20}]
        assert run.history(keys=["nothing"], pandas=False) == []
        assert run.lastHistoryStep == 49
        assert set(run.history_keys["keys"]) >= {"loss", "rare", "nan"}
    """)


def test_history_is_scanned_in_pages(wandb: Client) -> None:
    wandb.run("""
        with begin(id="it") as run:
            for step in range(25):
                run.log({"loss": step, **({"rare": step} if step % 10 == 0 else {})}, step=2 * step)
        run = api.run(f"local/{PROJECT}/it")
        assert [row["loss"] for row in run.scan_history(page_size=10)] == list(range(25))
        assert [row["loss"] for row in run.scan_history(keys=["loss"], page_size=7)] == list(range(25))
        assert [row["_step"] for row in run.scan_history(keys=["_step", "rare"], page_size=3)] == [0, 20, 40]
        assert [row["_step"] for row in run.scan_history(min_step=3, max_step=9)] == [4, 6, 8]
        assert [row["_step"] for row in run.scan_history(keys=["_step"], min_step=4, max_step=8)] == [4, 6]
    """)


def test_a_long_history_is_whole(wandb: Client) -> None:
    wandb.run("""
        with begin(id="it") as run:
            for step in range(12_000): run.log({"loss": step})
        run = api.run(f"local/{PROJECT}/it")
        assert sum(1 for _ in run.scan_history(page_size=5_000)) == 12_000
        assert [row["loss"] for row in run.scan_history(keys=["loss"])] == list(range(12_000))
        assert len(run.history(pandas=False)) == 500
        assert len(run.history(keys=["loss"], samples=100, pandas=False)) == 100
    """)


def test_the_metrics_of_a_run_are_told_by_their_path(wandb: Client) -> None:
    wandb.run("""
        with begin(id="it") as run:
            run.log({"loss": 0.5, "val": {"acc": 1, "name": "x"}, "ok": True})
        keys = api.run(f"local/{PROJECT}/it").history_keys
        found = {key: (told["typeCounts"][0]["type"], told["previousValue"]) for key, told in keys["keys"].items()}
        assert (found["loss"], found["val.acc"]) == (("number", 0.5), ("number", 1))
        assert (found["val.name"], found["ok"]) == (("string", "x"), ("boolean", True))
        assert keys["lastStep"] == 0
    """)


def test_a_run_that_has_logged_nothing_has_no_history(wandb: Client) -> None:
    wandb.run("""
        with begin(id="it"): pass
        run = api.run(f"local/{PROJECT}/it")
        assert (run.history(pandas=False), list(run.scan_history()), run.lastHistoryStep) == ([], [], -1)
    """)
