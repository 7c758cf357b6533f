import { graphql } from '../../api/generated'

export const COLLECTION = graphql(`
  query CollectionHeader($ref: CollectionRef!, $version: String!) {
    collection(ref: $ref) {
      ...CollectionPlace
      description
      tags
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
