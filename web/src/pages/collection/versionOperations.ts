import { graphql } from '../../api/generated'

export const OVERVIEW = graphql(`
  query VersionOverview($ref: CollectionRef!, $version: String!) {
    collection(ref: $ref) {
      id
      version(ref: $version) {
        id
        version
        createdAt
        createdBy {
          ...Person
        }
        aliases {
          name
        }
        artifact {
          id
          name
          type
          digest
          size
          fileCount
          description
          tags
          metadata
          createdAt
          updatedAt
          createdBy {
            ...Person
          }
          memberships(first: 25) {
            totalCount
            edges {
              node {
                ...MembershipRow
              }
            }
          }
          inputs(first: 25) {
            totalCount
            edges {
              node {
                ...RunLink
              }
            }
          }
          outputs(first: 25) {
            totalCount
            edges {
              requestedAs
              requestedAsInferred
              node {
                ...RunLink
              }
            }
          }
        }
      }
    }
  }
`)

export const MEMBERSHIP_ROW = graphql(`
  fragment MembershipRow on Membership {
    id
    version
    createdAt
    createdBy {
      ...Person
    }
    aliases {
      name
    }
    collection {
      ...CollectionPlace
      registry {
        protectedAliases
      }
    }
  }
`)

export const MEMBERSHIPS = graphql(`
  query VersionMemberships($id: ID!, $first: Int!, $after: String) {
    artifact(ref: { id: $id }) {
      id
      memberships(first: $first, after: $after) {
        pageInfo {
          hasNextPage
          endCursor
        }
        edges {
          node {
            ...MembershipRow
          }
        }
      }
    }
  }
`)

export const PRODUCED_BY = graphql(`
  query VersionProducedBy($id: ID!, $first: Int!, $after: String) {
    artifact(ref: { id: $id }) {
      id
      inputs(first: $first, after: $after) {
        pageInfo {
          hasNextPage
          endCursor
        }
        edges {
          node {
            ...RunLink
          }
        }
      }
    }
  }
`)

export const USED_BY = graphql(`
  query VersionUsedBy($id: ID!, $first: Int!, $after: String) {
    artifact(ref: { id: $id }) {
      id
      outputs(first: $first, after: $after) {
        pageInfo {
          hasNextPage
          endCursor
        }
        edges {
          requestedAs
          requestedAsInferred
          node {
            ...RunLink
          }
        }
      }
    }
  }
`)

export const FILES = graphql(`
  query VersionFiles($ref: CollectionRef!, $version: String!, $first: Int!, $after: String, $filter: FileFilter) {
    collection(ref: $ref) {
      id
      version(ref: $version) {
        id
        artifact {
          id
          files(first: $first, after: $after, filter: $filter) {
            totalCount
            pageInfo {
              hasNextPage
              endCursor
            }
            nodes {
              path
              size
              digest
              reference
              url
            }
          }
        }
      }
    }
  }
`)

export const METADATA = graphql(`
  query VersionMetadata($ref: CollectionRef!, $version: String!) {
    collection(ref: $ref) {
      id
      version(ref: $version) {
        id
        artifact {
          id
          metadata
        }
      }
    }
  }
`)

/** Why a version or an alias is no longer there. */
export const GONE = graphql(`
  query GoneVersion($ref: CollectionRef!, $version: String!, $isVersion: Boolean!) {
    collection(ref: $ref) {
      id
      actionHistory(version: $version, kinds: [VERSION_REMOVED], first: 1) @include(if: $isVersion) {
        nodes {
          id
          createdAt
          reason
          actor {
            ...Person
          }
          artifact {
            ...ArtifactLink
          }
        }
      }
      alias(name: $version) @skip(if: $isVersion) {
        name
        history(first: 1) {
          version
          until
          endedBy {
            ...Person
          }
          endedReason
        }
      }
    }
  }
`)
