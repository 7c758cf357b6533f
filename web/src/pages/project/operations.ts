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
  query ProjectCollections($ref: ProjectRef!, $first: Int!, $after: String, $filter: CollectionFilter) {
    project(ref: $ref) {
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

export const REGISTRY_COLLECTIONS = graphql(`
  query RegistryCollections($ref: RegistryRef!, $first: Int!, $after: String, $filter: CollectionFilter) {
    registry(ref: $ref) {
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
