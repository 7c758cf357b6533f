import { graphql } from '../../api/generated'

export const REGISTRY = graphql(`
  query RegistryPage($ref: RegistryRef!) {
    registry(ref: $ref) {
      id
      name
      description
      visibility
      artifactTypes
      protectedAliases
      createdAt
      createdBy {
        ...Person
      }
      organization {
        name
      }
      members {
        ...MemberRow
      }
      collections(first: 1) {
        totalCount
      }
    }
  }
`)

export const REGISTRY_COLLECTIONS = graphql(`
  query RegistryCollections($id: ID!, $first: Int!, $after: String, $filter: CollectionFilter) {
    registry(ref: { id: $id }) {
      id
      collections(first: $first, after: $after, filter: $filter) {
        totalCount
        pageInfo {
          hasNextPage
          endCursor
        }
        nodes {
          ...CollectionRow
        }
      }
    }
  }
`)
