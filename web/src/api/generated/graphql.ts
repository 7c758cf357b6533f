/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** How versions come into a collection. */
export type CollectionKind =
  /** They are linked into it; it lies in a registry. */
  | 'REGISTRY'
  /** Runs log them into it; it lies in a project. */
  | 'SOURCE';

/** Which way to follow the lineage. */
export type LineageDirection =
  /** All that it was made from, and all that was made from it. */
  | 'BOTH'
  /** What was made from it: outputs of outputs. */
  | 'DOWNSTREAM'
  /** What it was made from: inputs of inputs. */
  | 'UPSTREAM';

/** Where an execution stands. */
export type RunState =
  /** It was no longer heard of. */
  | 'CRASHED'
  /** It ended with an error. */
  | 'FAILED'
  /** It ended well. */
  | 'FINISHED'
  /** It was stopped from outside. */
  | 'KILLED'
  /** It is planned, and has not begun. */
  | 'PENDING'
  /** It was taken off its machine before it ended. */
  | 'PREEMPTED'
  /** It runs, and is about to be taken off its machine. */
  | 'PREEMPTING'
  /** It has not ended yet. */
  | 'RUNNING';

export type LineageDetailsQueryVariables = Exact<{
  id: string | number;
}>;


export type LineageDetailsQuery = { node:
    | { __typename: 'ActionEvent' }
    | { __typename: 'ApiKey' }
    | { __typename: 'Artifact', id: string, name: string, type: string, version: string | null, description: string | null, metadata: unknown, size: number | string, fileCount: number, digest: string, tags: Array<string>, createdAt: string, deletedAt: string | null, deletedBy: { name: string } | null, createdBy: { name: string }, collection: { path: string, name: string, project: { path: string } | null }, inputs: { totalCount: number, nodes: Array<{ id: string, displayName: string, state: RunState, jobType: string | null, deletedAt: string | null }> }, outputs: { totalCount: number, edges: Array<{ requestedAs: string | null, requestedAsInferred: boolean, via: { path: string } | null, node: { id: string, displayName: string, state: RunState, jobType: string | null, deletedAt: string | null } }> }, memberships: { nodes: Array<{ id: string, version: string, removedAt: string | null, aliases: Array<{ name: string }>, collection: { path: string, kind: CollectionKind } }> } }
    | { __typename: 'Collection' }
    | { __typename: 'Membership' }
    | { __typename: 'Organization' }
    | { __typename: 'Project' }
    | { __typename: 'Registry' }
    | { __typename: 'Run', id: string, path: string, displayName: string, state: RunState, jobType: string | null, group: string | null, notes: string | null, tags: Array<string>, config: unknown, summary: unknown, createdAt: string, startedAt: string | null, finishedAt: string | null, deletedAt: string | null, deletedBy: { name: string } | null, createdBy: { name: string }, project: { path: string }, inputs: { totalCount: number, edges: Array<{ requestedAs: string | null, requestedAsInferred: boolean, via: { path: string } | null, node: { id: string, name: string, type: string, deletedAt: string | null } }> }, outputs: { totalCount: number, nodes: Array<{ id: string, name: string, type: string, deletedAt: string | null }> } }
    | { __typename: 'Team' }
    | { __typename: 'User' }
   | null };

export type LineageArtifactFragment = { id: string, name: string, type: string, deletedAt: string | null };

export type LineageRunFragment = { id: string, displayName: string, state: RunState, jobType: string | null, deletedAt: string | null };

export type LineageMapQueryVariables = Exact<{
  id: string | number;
  direction: LineageDirection;
  depth: number;
  first: number;
}>;


export type LineageMapQuery = { node:
    | { lineage: { truncated: boolean, omitted: Array<{ count: number }>, nodes: Array<
          | { __typename: 'Artifact', id: string, type: string, version: string | null, name: string, createdAt: string, deletedAt: string | null, aliases: Array<{ name: string }> }
          | { __typename: 'Run', id: string, displayName: string, path: string, state: RunState, jobType: string | null, name: string, createdAt: string, deletedAt: string | null }
        >, edges: Array<{ requestedAs: string | null, requestedAsInferred: boolean, source:
            | { id: string }
            | { id: string }
          , target:
            | { id: string }
            | { id: string }
           }>, frontier: Array<{ moreInputs: number, moreOutputs: number, node:
            | { id: string }
            | { id: string }
           }> } }
    | { lineage: { truncated: boolean, omitted: Array<{ count: number }>, nodes: Array<
          | { __typename: 'Artifact', id: string, type: string, version: string | null, name: string, createdAt: string, deletedAt: string | null, aliases: Array<{ name: string }> }
          | { __typename: 'Run', id: string, displayName: string, path: string, state: RunState, jobType: string | null, name: string, createdAt: string, deletedAt: string | null }
        >, edges: Array<{ requestedAs: string | null, requestedAsInferred: boolean, source:
            | { id: string }
            | { id: string }
          , target:
            | { id: string }
            | { id: string }
           }>, frontier: Array<{ moreInputs: number, moreOutputs: number, node:
            | { id: string }
            | { id: string }
           }> } }
    | Record<PropertyKey, never>
   | null };

export type LineageMapPartFragment = { truncated: boolean, omitted: Array<{ count: number }>, nodes: Array<
    | { __typename: 'Artifact', id: string, type: string, version: string | null, name: string, createdAt: string, deletedAt: string | null, aliases: Array<{ name: string }> }
    | { __typename: 'Run', id: string, displayName: string, path: string, state: RunState, jobType: string | null, name: string, createdAt: string, deletedAt: string | null }
  >, edges: Array<{ requestedAs: string | null, requestedAsInferred: boolean, source:
      | { id: string }
      | { id: string }
    , target:
      | { id: string }
      | { id: string }
     }>, frontier: Array<{ moreInputs: number, moreOutputs: number, node:
      | { id: string }
      | { id: string }
     }> };

export type LineageNeighboursQueryVariables = Exact<{
  ids: Array<string | number> | string | number;
}>;


export type LineageNeighboursQuery = { nodes: Array<
    | { id: string, inputs: { nodes: Array<{ id: string }> }, outputs: { edges: Array<{ requestedAs: string | null, requestedAsInferred: boolean, node: { id: string } }> } }
    | { id: string, inputs: { edges: Array<{ requestedAs: string | null, requestedAsInferred: boolean, node: { id: string } }> }, outputs: { nodes: Array<{ id: string }> } }
    | Record<PropertyKey, never>
   | null> };

export type HomeQueryVariables = Exact<{ [key: string]: never; }>;


export type HomeQuery = { registries: { nodes: Array<{ id: string, name: string, description: string | null, organization: { name: string }, collections: { totalCount: number } }> }, projects: { nodes: Array<{ id: string, path: string, description: string | null, runs: { totalCount: number }, collections: { totalCount: number } }> } };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}
export const LineageArtifactFragmentDoc = new TypedDocumentString(`
    fragment LineageArtifact on Artifact {
  id
  name
  type
  deletedAt
}
    `, {"fragmentName":"LineageArtifact"}) as unknown as TypedDocumentString<LineageArtifactFragment, unknown>;
export const LineageRunFragmentDoc = new TypedDocumentString(`
    fragment LineageRun on Run {
  id
  displayName
  state
  jobType
  deletedAt
}
    `, {"fragmentName":"LineageRun"}) as unknown as TypedDocumentString<LineageRunFragment, unknown>;
export const LineageMapPartFragmentDoc = new TypedDocumentString(`
    fragment LineageMapPart on LineageMap {
  truncated
  omitted {
    count
  }
  nodes {
    __typename
    name
    createdAt
    deletedAt
    ... on Artifact {
      id
      type
      version
      aliases {
        name
      }
    }
    ... on Run {
      id
      displayName
      path
      state
      jobType
    }
  }
  edges {
    source {
      ... on Node {
        id
      }
    }
    target {
      ... on Node {
        id
      }
    }
    requestedAs
    requestedAsInferred
  }
  frontier {
    node {
      ... on Node {
        id
      }
    }
    moreInputs
    moreOutputs
  }
}
    `, {"fragmentName":"LineageMapPart"}) as unknown as TypedDocumentString<LineageMapPartFragment, unknown>;
export const LineageDetailsDocument = new TypedDocumentString(`
    query LineageDetails($id: ID!) {
  node(id: $id) {
    __typename
    ... on Run {
      id
      path
      displayName
      state
      jobType
      group
      notes
      tags
      config
      summary
      createdAt
      startedAt
      finishedAt
      deletedAt
      deletedBy {
        name
      }
      createdBy {
        name
      }
      project {
        path
      }
      inputs(first: 50) {
        totalCount
        edges {
          requestedAs
          requestedAsInferred
          via {
            path
          }
          node {
            ...LineageArtifact
          }
        }
      }
      outputs(first: 50) {
        totalCount
        nodes {
          ...LineageArtifact
        }
      }
    }
    ... on Artifact {
      id
      name
      type
      version
      description
      metadata
      size
      fileCount
      digest
      tags
      createdAt
      deletedAt
      deletedBy {
        name
      }
      createdBy {
        name
      }
      collection {
        path
        name
        project {
          path
        }
      }
      inputs(first: 50) {
        totalCount
        nodes {
          ...LineageRun
        }
      }
      outputs(first: 50) {
        totalCount
        edges {
          requestedAs
          requestedAsInferred
          via {
            path
          }
          node {
            ...LineageRun
          }
        }
      }
      memberships(first: 50) {
        nodes {
          id
          version
          removedAt
          aliases {
            name
          }
          collection {
            path
            kind
          }
        }
      }
    }
  }
}
    fragment LineageArtifact on Artifact {
  id
  name
  type
  deletedAt
}
fragment LineageRun on Run {
  id
  displayName
  state
  jobType
  deletedAt
}`) as unknown as TypedDocumentString<LineageDetailsQuery, LineageDetailsQueryVariables>;
export const LineageMapDocument = new TypedDocumentString(`
    query LineageMap($id: ID!, $direction: LineageDirection!, $depth: Int!, $first: Int!) {
  node(id: $id) {
    ... on Artifact {
      lineage(direction: $direction, depth: $depth, first: $first) {
        ...LineageMapPart
      }
    }
    ... on Run {
      lineage(direction: $direction, depth: $depth, first: $first) {
        ...LineageMapPart
      }
    }
  }
}
    fragment LineageMapPart on LineageMap {
  truncated
  omitted {
    count
  }
  nodes {
    __typename
    name
    createdAt
    deletedAt
    ... on Artifact {
      id
      type
      version
      aliases {
        name
      }
    }
    ... on Run {
      id
      displayName
      path
      state
      jobType
    }
  }
  edges {
    source {
      ... on Node {
        id
      }
    }
    target {
      ... on Node {
        id
      }
    }
    requestedAs
    requestedAsInferred
  }
  frontier {
    node {
      ... on Node {
        id
      }
    }
    moreInputs
    moreOutputs
  }
}`) as unknown as TypedDocumentString<LineageMapQuery, LineageMapQueryVariables>;
export const LineageNeighboursDocument = new TypedDocumentString(`
    query LineageNeighbours($ids: [ID!]!) {
  nodes(ids: $ids) {
    ... on Artifact {
      id
      inputs(first: 50) {
        nodes {
          id
        }
      }
      outputs(first: 50) {
        edges {
          requestedAs
          requestedAsInferred
          node {
            id
          }
        }
      }
    }
    ... on Run {
      id
      inputs(first: 50) {
        edges {
          requestedAs
          requestedAsInferred
          node {
            id
          }
        }
      }
      outputs(first: 50) {
        nodes {
          id
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<LineageNeighboursQuery, LineageNeighboursQueryVariables>;
export const HomeDocument = new TypedDocumentString(`
    query Home {
  registries(first: 100) {
    nodes {
      id
      name
      description
      organization {
        name
      }
      collections(first: 1) {
        totalCount
      }
    }
  }
  projects(first: 100) {
    nodes {
      id
      path
      description
      runs(first: 1) {
        totalCount
      }
      collections(first: 1) {
        totalCount
      }
    }
  }
}
    `) as unknown as TypedDocumentString<HomeQuery, HomeQueryVariables>;