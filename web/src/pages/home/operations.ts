import { graphql } from '../../api/generated'

export const REGISTRIES = graphql(`
  query Registries($first: Int!, $after: String) {
    registries(first: $first, after: $after) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        id
        name
        description
        visibility
        createdAt
        organization {
          name
        }
        collections(first: 1) {
          totalCount
        }
        actionHistory(first: 1) {
          nodes {
            createdAt
          }
        }
      }
    }
  }
`)

export const PROJECTS = graphql(`
  query Projects($first: Int!, $after: String) {
    projects(first: $first, after: $after) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        id
        path
        description
        visibility
        createdAt
        runs(first: 1) {
          totalCount
          nodes {
            createdAt
            heartbeatAt
          }
        }
        collections(first: 1) {
          totalCount
        }
      }
    }
  }
`)

export const VIEWER = graphql(`
  query Viewer {
    viewer {
      name
    }
  }
`)
