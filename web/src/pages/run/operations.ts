import { graphql } from '../../api/generated'

export const RUN = graphql(`
  query RunPage($ref: RunRef!) {
    run(ref: $ref) {
      id
      name
      path
      displayName
      state
      createdAt
      startedAt
      finishedAt
      heartbeatAt
      deletedAt
      deletedBy {
        ...Person
      }
      createdBy {
        ...Person
      }
      group
      jobType
      tags
      notes
      config
      summary
      project {
        path
      }
      inputs(first: 25) {
        totalCount
        edges {
          ...RunInput
        }
      }
      outputs(first: 25) {
        totalCount
        edges {
          ...RunOutput
        }
      }
    }
  }
`)

export const RUN_INPUT = graphql(`
  fragment RunInput on RunInputEdge {
    createdAt
    requestedAs
    requestedAsInferred
    via {
      ...CollectionPlace
    }
    node {
      ...RunArtifact
    }
  }
`)

export const RUN_OUTPUT = graphql(`
  fragment RunOutput on RunOutputEdge {
    createdAt
    node {
      ...RunArtifact
    }
  }
`)

export const RUN_ARTIFACT = graphql(`
  fragment RunArtifact on Artifact {
    ...ArtifactLink
    aliases {
      name
    }
  }
`)

export const RUN_INPUTS = graphql(`
  query RunInputs($id: ID!, $first: Int!, $after: String) {
    run(ref: { id: $id }) {
      id
      inputs(first: $first, after: $after) {
        pageInfo {
          hasNextPage
          endCursor
        }
        edges {
          ...RunInput
        }
      }
    }
  }
`)

export const RUN_OUTPUTS = graphql(`
  query RunOutputs($id: ID!, $first: Int!, $after: String) {
    run(ref: { id: $id }) {
      id
      outputs(first: $first, after: $after) {
        pageInfo {
          hasNextPage
          endCursor
        }
        edges {
          ...RunOutput
        }
      }
    }
  }
`)
