import { graphql } from '../../api/generated'

export const PROJECT = graphql(`
  query ProjectPage($ref: ProjectRef!) {
    project(ref: $ref) {
      id
      path
      name
      description
      visibility
      createdAt
      createdBy {
        ...Person
      }
      owner {
        __typename
        name
        displayName
        ... on Team {
          members {
            ...MemberRow
          }
        }
      }
      members {
        ...MemberRow
      }
      runs(first: 1) {
        totalCount
      }
      collections(first: 1) {
        totalCount
      }
    }
  }
`)

export const PROJECT_RUNS = graphql(`
  query ProjectRuns($ref: ProjectRef!, $first: Int!, $after: String, $filter: RunFilter, $orderBy: RunOrder) {
    project(ref: $ref) {
      id
      runs(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {
        totalCount
        pageInfo {
          hasNextPage
          endCursor
        }
        nodes {
          ...RunLink
          name
          group
          tags
          startedAt
          finishedAt
          heartbeatAt
          createdBy {
            ...Person
          }
        }
      }
    }
  }
`)

export const PROJECT_COLLECTIONS = graphql(`
  query ProjectCollections($id: ID!, $first: Int!, $after: String, $filter: CollectionFilter) {
    project(ref: { id: $id }) {
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
