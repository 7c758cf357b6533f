import { graphql } from './generated'

/** What is shown of a person. */
export const PERSON = graphql(`
  fragment Person on User {
    name
    displayName
  }
`)

/** What the address of a collection is made of. */
export const COLLECTION_PLACE = graphql(`
  fragment CollectionPlace on Collection {
    id
    name
    path
    kind
    type
  }
`)

/** A run, where something leads to it. */
export const RUN_LINK = graphql(`
  fragment RunLink on Run {
    id
    path
    displayName
    state
    jobType
    createdAt
    deletedAt
  }
`)

/** A version, where something leads to it. */
export const ARTIFACT_LINK = graphql(`
  fragment ArtifactLink on Artifact {
    id
    name
    type
    version
    size
    createdAt
    deletedAt
  }
`)

/** Why a mutation changed nothing; `useMutation` throws it. */
export const REFUSAL = graphql(`
  fragment Refusal on MutationError {
    code
    message
    field
  }
`)
