import { graphql } from '../api/generated'

/** A collection where it is one of several. */
export const COLLECTION_ROW = graphql(`
  fragment CollectionRow on Collection {
    ...CollectionPlace
    description
    updatedAt
    tags
    aliases {
      name
      membership {
        version
      }
    }
    versions(first: 1) {
      totalCount
      nodes {
        version
        createdAt
      }
    }
  }
`)

/** Somebody with a role. */
export const MEMBER_ROW = graphql(`
  fragment MemberRow on Member {
    role
    createdAt
    entity {
      __typename
      name
      displayName
    }
  }
`)
