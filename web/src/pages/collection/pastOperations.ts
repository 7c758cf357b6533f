import { graphql } from '../../api/generated'

/** The collection as it stood, and when it changed before and after that. */
export const AS_OF = graphql(`
  query CollectionAsOf($ref: CollectionRef!, $time: DateTime!, $after: DateTime!) {
    collection(ref: $ref) {
      id
      createdAt
      at(time: $time) {
        name
        description
        tags
        aliases {
          name
          version
          since
          reason
          actor {
            ...Person
          }
        }
        versions(first: 200) {
          id
          version
          createdAt
          artifact {
            ...ArtifactLink
          }
        }
      }
      total: versions(asOf: $time, first: 1) {
        totalCount
      }
      earlier: actionHistory(until: $time, first: 1) {
        nodes {
          id
          createdAt
        }
      }
      later: actionHistory(from: $after, last: 1) {
        nodes {
          id
          createdAt
        }
      }
    }
  }
`)

/** When the collection changed: its newest changes, as the marks of the slider. */
export const CHANGED_AT = graphql(`
  query CollectionChangedAt($ref: CollectionRef!) {
    collection(ref: $ref) {
      id
      actionHistory(first: 100) {
        nodes {
          id
          createdAt
        }
      }
    }
  }
`)

/** What came of a version, and what serves it; with times, what served it between them. */
export const RECALL = graphql(`
  query Recall($id: ID!, $from: DateTime, $until: DateTime) {
    impact(of: { id: $id }) {
      runs
      artifacts
      truncated
      counts {
        kind
        type
        count
      }
      aliases(first: 200, from: $from, until: $until) {
        name
        path
        version
        from
        until
        reason
        actor {
          ...Person
        }
        endedBy {
          ...Person
        }
        collection {
          ...CollectionPlace
        }
      }
      requested {
        requestedAs
        count
      }
      uses(first: 50, requestedAs: "latest") {
        createdAt
        run {
          ...RunLink
          createdBy {
            ...Person
          }
        }
        artifact {
          ...ArtifactLink
        }
      }
    }
  }
`)

export const RECALL_REPORT = graphql(`
  query RecallReport($id: ID!, $from: DateTime, $until: DateTime) {
    impact(of: { id: $id }) {
      report(from: $from, until: $until)
    }
  }
`)

export const PROVENANCE = graphql(`
  query ProvenanceDocument($id: ID!) {
    artifact(ref: { id: $id }) {
      id
      provenance {
        markdown
      }
    }
  }
`)

/** How the origins of two versions differ, and both as one map. */
export const COMPARE = graphql(`
  query CompareOrigins($id: ID!, $to: ArtifactRef!) {
    artifact(ref: { id: $id }) {
      id
      lineageDiff(to: $to, most: 500) {
        truncated
        common
        to {
          ...ArtifactLink
        }
        added {
          ...ComparedNode
        }
        removed {
          ...ComparedNode
        }
        changed {
          before {
            ...ComparedNode
          }
          after {
            ...ComparedNode
          }
          config {
            ...Changed
          }
          code {
            ...Changed
          }
          metadata {
            ...Changed
          }
          summary {
            ...Changed
          }
        }
        nodes {
          side
          node {
            __typename
            name
            createdAt
            deletedAt
            ... on Artifact {
              id
              type
              version
              aliases {
                name
              }
            }
            ... on Run {
              id
              displayName
              path
              state
              jobType
            }
          }
        }
        edges {
          side
          requestedAs
          requestedAsInferred
          source {
            ... on Node {
              id
            }
          }
          target {
            ... on Node {
              id
            }
          }
        }
      }
    }
  }

  fragment ComparedNode on LineageNode {
    __typename
    ... on Artifact {
      ...ArtifactLink
    }
    ... on Run {
      ...RunLink
    }
  }

  fragment Changed on ValueChange {
    key
    before
    after
  }
`)
