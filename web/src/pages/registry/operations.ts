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
