"""The files of a run, put and got by the unmodified client."""

from tests.wandb.client import Client


def test_the_files_of_a_run_come_back(wandb: Client) -> None:
    wandb.run("""
        pathlib.Path("model.bin").write_bytes(bytes(range(256)) * 10)
        with begin(id="it", config={"lr": 0.1}) as run:
            print("hello")
            run.save("model.bin")
            run.log({"page": wandb.Html("<p>hi</p>"), "table": wandb.Table(columns=["x"], data=[[1]])})
        run = api.run(f"local/{PROJECT}/it")
        files = {file.name: file for file in run.files()}
        assert {"config.yaml", "output.log", "requirements.txt", "wandb-metadata.json", "wandb-summary.json",
                "model.bin"} <= files.keys()
        assert any(name.startswith("media/html/page") for name in files)
        assert len(run.files()) == len(files) == len([file for file in run.files(per_page=2)])
        got = files["model.bin"].download(root="got", replace=True)
        assert pathlib.Path("got/model.bin").read_bytes() == bytes(range(256)) * 10
        assert "hello" in files["output.log"].download(root="got").read()
        assert "lr" in files["config.yaml"].download(root="got").read()
        assert (files["model.bin"].size, files["requirements.txt"].mimetype) == (2560, "text/plain")
        assert sorted(file.name for file in run.files(pattern="wandb-%.json")) == [
            "wandb-metadata.json", "wandb-summary.json"]
        assert run.metadata["program"] and run.metadata["python"]
    """)


def test_a_file_is_put_replaced_and_deleted_by_the_api(wandb: Client) -> None:
    wandb.run("""
        with begin(id="it"): pass
        run = api.run(f"local/{PROJECT}/it")
        for text in ("one", "two"):
            pathlib.Path("sub").mkdir(exist_ok=True); pathlib.Path("sub/a b.txt").write_text(text)
            assert run.upload_file("sub/a b.txt").size == 3
            assert run.file("sub/a b.txt").download(root="got", replace=True).read() == text
        run.file("sub/a b.txt").delete()
        assert run.file("sub/a b.txt").size == 0
        try: run.file("sub/a b.txt").download(root="got", replace=True)
        except Exception as error: assert "left no such file" in str(error)
        else: raise AssertionError
        assert wandb.Api().run(f"local/{PROJECT}/it").state == "finished"
    """)
