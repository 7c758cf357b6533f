/** What to type to have something on the page. `host`: this server's origin. */
export function wandbLines(host: string, needsKey: boolean): { shell: string; python: string } {
  const key = needsKey
    ? 'export WANDB_API_KEY=…   # from: gqlregistry key create NAME'
    : `export WANDB_API_KEY=${'local'.repeat(8)}`
  return {
    shell: `pip install wandb\nexport WANDB_BASE_URL=${host}/wandb\n${key}`,
    python: `import wandb

with wandb.init(project="first-steps") as run:
    artifact = wandb.Artifact("numbers", type="dataset")
    with artifact.new_file("numbers.txt") as file:
        file.write("1 2 3")
    run.log_artifact(artifact)`,
  }
}

/** The same by GraphQL: a run that logs one artifact. `owner`: whose project it is to be. */
export function graphqlLines(owner: string): string {
  return `mutation FirstRun {
  createRun(input: {project: {name: "${owner}/first-steps"}, name: "first"}) {
    run { path }
    errors { code message field }
  }
  logArtifact(
    input: {
      run: {name: "${owner}/first-steps/first"}
      collection: {name: "numbers"}
      type: "dataset"
      files: [{path: "numbers.txt", reference: "https://example.org/numbers.txt", size: 5}]
    }
  ) {
    artifact { name }
    errors { code message field }
  }
  finishRun(input: {run: {name: "${owner}/first-steps/first"}}) {
    run { state }
    errors { code message field }
  }
}`
}
