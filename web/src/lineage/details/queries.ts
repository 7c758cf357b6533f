import { graphql } from '../../api/generated'
import type { LineageDetailsQuery } from '../../api/generated/graphql'

/** Everything of one node of the map. */
export const LINEAGE_DETAILS = graphql(`
  query LineageDetails($id: ID!) {
    node(id: $id) {
      __typename
      ... on Run {
        id
        path
        displayName
        state
        jobType
        group
        notes
        tags
        config
        summary
        createdAt
        startedAt
        finishedAt
        deletedAt
        deletedBy {
          ...Person
        }
        createdBy {
          ...Person
        }
        project {
          path
        }
        inputs(first: 50) {
          totalCount
          edges {
            requestedAs
            requestedAsInferred
            via {
              path
            }
            node {
              ...LineageArtifact
            }
          }
        }
        outputs(first: 50) {
          totalCount
          nodes {
            ...LineageArtifact
          }
        }
      }
      ... on Artifact {
        id
        name
        type
        version
        description
        metadata
        size
        fileCount
        digest
        tags
        createdAt
        deletedAt
        deletedBy {
          ...Person
        }
        createdBy {
          ...Person
        }
        collection {
          path
          name
          project {
            path
          }
        }
        inputs(first: 50) {
          totalCount
          nodes {
            ...LineageRun
          }
        }
        outputs(first: 50) {
          totalCount
          edges {
            requestedAs
            requestedAsInferred
            via {
              path
            }
            node {
              ...LineageRun
            }
          }
        }
        memberships(first: 50) {
          totalCount
          nodes {
            id
            version
            aliases {
              name
            }
            collection {
              path
              kind
            }
          }
        }
      }
    }
  }

  fragment LineageArtifact on Artifact {
    id
    name
    type
    deletedAt
  }

  fragment LineageRun on Run {
    id
    displayName
    state
    jobType
    deletedAt
  }
`)

type Detailed = NonNullable<LineageDetailsQuery['node']>
export type RunDetailed = Extract<Detailed, { __typename: 'Run' }>
export type ArtifactDetailed = Extract<Detailed, { __typename: 'Artifact' }>
