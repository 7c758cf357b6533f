import { graphql } from '../api/generated'
import type { HistoryEventFragment } from '../api/generated/graphql'

/** One line of the log, with all that it says. */
export const HISTORY_EVENT = graphql(`
  fragment HistoryEvent on ActionEvent {
    id
    kind
    createdAt
    actor {
      name
      displayName
    }
    collection {
      id
      name
      path
      kind
      deletedAt
    }
    artifact {
      id
      name
    }
    version
    previous {
      id
      name
    }
    previousVersion
    alias
    tag
    run {
      id
      path
      displayName
      deletedAt
    }
    registry {
      name
      deletedAt
      organization {
        name
      }
    }
    project {
      path
      deletedAt
    }
    subject {
      __typename
      name
      displayName
    }
    role
    detail
    reason
    hash
  }
`)

export type HistoryEvent = HistoryEventFragment

/** A page of the log, newest first. The history of a collection or a registry is the log with one more condition. */
export const EVENTS = graphql(`
  query HistoryEvents($filter: ServerEventFilter!, $first: Int!, $after: String) {
    actionEvents(filter: $filter, first: $first, after: $after) {
      nodes {
        ...HistoryEvent
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`)

/** That there are new lines: they are read by `EVENTS`, through the filters. */
export const NEWS = graphql(`
  subscription HistoryNews($collection: CollectionRef, $registry: RegistryRef) {
    actionEvents(collection: $collection, registry: $registry) {
      cursor
    }
  }
`)

/** How many there are: asked for where it is shown, since it is counted anew each time. */
export const EVENT_COUNT = graphql(`
  query HistoryEventCount($filter: ServerEventFilter!) {
    actionEvents(filter: $filter, first: 1) {
      totalCount
    }
  }
`)

/** The aliases that a collection has or had, by the lines that set them. */
export const ALIASES_SET = graphql(`
  query HistoryAliasesSet($filter: ServerEventFilter!, $collection: ID!) {
    actionEvents(filter: $filter, first: 100) {
      nodes {
        alias
      }
    }
    collection(ref: { id: $collection }) {
      id
      name
      path
      kind
      aliases {
        name
      }
    }
  }
`)

/** What an alias pointed at, and when. */
export const TIMELINE = graphql(`
  query HistoryTimeline($collection: ID!, $alias: String!, $first: Int!) {
    collection(ref: { id: $collection }) {
      id
      alias(name: $alias) {
        name
        history(first: $first) {
          version
          artifact {
            name
          }
          from
          until
          actor {
            name
            displayName
          }
          reason
          endedBy {
            name
            displayName
          }
          endedReason
        }
      }
    }
  }
`)

/** What an alias pointed at at a time. */
export const ALIAS_AT = graphql(`
  query HistoryAliasAt($collection: ID!, $alias: String!, $time: DateTime!) {
    collection(ref: { id: $collection }) {
      id
      alias(name: $alias) {
        at(time: $time) {
          id
          version
          artifact {
            id
            name
            deletedAt
          }
        }
      }
    }
  }
`)
