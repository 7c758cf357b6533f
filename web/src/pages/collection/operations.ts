import { graphql } from '../../api/generated'

export const COLLECTION = graphql(`
  query CollectionHeader($ref: CollectionRef!, $version: String!) {
    collection(ref: $ref) {
      ...CollectionPlace
      description
      tags
      createdAt
      updatedAt
      createdBy {
        ...Person
      }
      project {
        path
      }
      registry {
        id
        name
        protectedAliases
        organization {
          name
        }
      }
      aliases {
        name
        membership {
          version
        }
      }
      versions(first: 1) {
        totalCount
      }
      shown: version(ref: $version) {
        ...VersionRow
      }
    }
  }
`)

export const VERSION_ROW = graphql(`
  fragment VersionRow on Membership {
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
      size
      fileCount
      tags
      aliases {
        name
        collection {
          path
        }
      }
    }
  }
`)

export const VERSIONS = graphql(`
  query CollectionVersions(
    $ref: CollectionRef!
    $first: Int!
    $after: String
    $filter: MembershipFilter
    $direction: OrderDirection!
  ) {
    collection(ref: $ref) {
      id
      versions(first: $first, after: $after, filter: $filter, orderBy: { field: VERSION, direction: $direction }) {
        totalCount
        pageInfo {
          hasNextPage
          endCursor
        }
        nodes {
          ...VersionRow
          artifact {
            inputs(first: 1) {
              totalCount
              nodes {
                ...RunLink
              }
            }
          }
        }
      }
    }
  }
`)

/** The versions for the dropdown, and the one that is exactly what was typed. */
export const VERSION_CHOICES = graphql(`
  query VersionChoices($ref: CollectionRef!, $first: Int!, $after: String, $wanted: String!, $search: Boolean!) {
    collection(ref: $ref) {
      id
      exact: version(ref: $wanted) @include(if: $search) {
        ...VersionChoice
      }
      versions(first: $first, after: $after) {
        pageInfo {
          hasNextPage
          endCursor
        }
        nodes {
          ...VersionChoice
        }
      }
    }
  }
`)

export const VERSION_CHOICE = graphql(`
  fragment VersionChoice on Membership {
    id
    version
    createdAt
    aliases {
      name
    }
  }
`)

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
          createdAt
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
