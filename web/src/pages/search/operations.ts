import { graphql } from '../../api/generated'

export const SEARCH = graphql(`
  query Search($text: String!, $kinds: [SearchKind!], $first: Int!, $after: String) {
    search(text: $text, kinds: $kinds, first: $first, after: $after) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        name
        object {
          __typename
          id
          ... on Run {
            runPath: path
            displayName
            state
            jobType
          }
          ... on Artifact {
            fullName: name
            type
            text: description
          }
          ... on Collection {
            collectionPath: path
            kind
            type
            text: description
          }
          ... on Project {
            projectPath: path
            text: description
          }
          ... on Registry {
            organization {
              name
            }
            text: description
          }
        }
      }
    }
  }
`)
