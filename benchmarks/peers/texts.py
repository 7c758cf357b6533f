"""The questions in the peers' own words: the same objects, columns, page sizes and orders as `benchmarks.queries`.

Aliases give the fields our names, which costs the peers nothing and makes their answers shorter.
"""

from benchmarks.queries import RUN

LEVELS = {"n2": 2, "n4": 4, "n6": 6, "n8": 8}

ROW_RUN = RUN.replace("id ", "id: rowId ", 1)
ROW_ARTIFACT = "id: rowId version: versionIndex digest size createdAt"
ARTIFACT = "id version digest size createdAt"


def _rows(levels: int) -> str:
    """Through the join tables, whose primary key (run, artifact) gives both orders."""
    inner = ""
    for _ in range(levels):
        inner = (
            f"inputs: runOutputsByArtifactIdList(first: 2, orderBy: PRIMARY_KEY_ASC) {{ node: runByRunId {{ {ROW_RUN}"
            " inputs: runInputRecordsByRunIdList(first: 5, orderBy: PRIMARY_KEY_ASC)"
            f" {{ node: artifactByArtifactId {{ {ROW_ARTIFACT} {inner} }} }} }} }}"
        )
    return f"query Inputs($id: BigInt!) {{ artifact: artifactByRowId(rowId: $id) {{ {ROW_ARTIFACT} {inner} }} }}"


def _lists(levels: int) -> str:
    inner = ""
    for _ in range(levels):
        inner = f"inputs(first: 2) {{ {RUN} inputs(first: 5) {{ {ARTIFACT} {inner} }} }}"
    return f"query Inputs($id: ID!) {{ artifact(id: $id) {{ {ARTIFACT} {inner} }} }}"


POSTGRAPHILE = {
    **{name: _rows(levels) for name, levels in LEVELS.items()},
    "coll": """query Collections($id: BigInt!) { project: projectByRowId(rowId: $id) {
  collections: collectionsByProjectIdList(first: 50, orderBy: NAME_ASC, condition: {deletedAt: null}) {
    id: rowId name type updatedAt
    versions: membershipsByCollectionIdList(
      first: 10, orderBy: VERSION_INDEX_DESC, condition: {removedAt: null}
    ) {
      id: rowId version: versionIndex createdAt
      aliases: aliasesByMembershipIdList(orderBy: NAME_ASC) { name }
      artifact: artifactByArtifactId { id: rowId digest size }
    }
  }
} }""",
    "act": """query Actions($id: BigInt!) { collection: collectionByRowId(rowId: $id) {
  actionHistory: actionEventsByCollectionIdList(first: 50, orderBy: PRIMARY_KEY_DESC) {
    id: rowId kind createdAt version: versionIndex alias reason
    actor: entityByActorId { id: rowId username: name }
    artifact: artifactByArtifactId { id: rowId version: versionIndex size }
  }
} }""",
}

YOGA = {
    **{name: _lists(levels) for name, levels in LEVELS.items()},
    "coll": """query Collections($id: ID!) { project(id: $id) { collections(first: 50) {
  id name type updatedAt
  versions(first: 10) { id version createdAt aliases { name } artifact { id digest size } }
} } }""",
    "act": """query Actions($id: ID!) { collection(id: $id) { actionHistory(first: 50) {
  id kind createdAt version alias reason actor { id username } artifact { id version size }
} } }""",
}
