/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** An artifact version, by exactly one of these. */
export type ArtifactRef =
  {   /** Its global id. */
  id: string | number; name?: never; }
  |  { id?: never;   /** A name with a version, an alias or a digest: `team/zoo/split_zoo_dataset:v4`, `model/zoo:production` in a registry. Without one of these it is `latest`. */
  name: string; };

/** How versions come into a collection. */
export type CollectionKind =
  /** They are linked into it; it lies in a registry. */
  | 'REGISTRY'
  /** Runs log them into it; it lies in a project. */
  | 'SOURCE';

/** A collection, by exactly one of these. */
export type CollectionRef =
  {   /** Its global id. */
  id: string | number; name?: never; }
  |  { id?: never;   /** `<entity>/<project>/<collection>`, or `<registry>/<collection>` in a registry. */
  name: string; };

/** A new collection, in a project or in a registry. */
export type CreateCollectionInput = {
  /** What it is about, in Markdown. */
  description?: string | null | undefined;
  /** The name in its project or registry. */
  name: string;
  /** The project, if it is to be in one. */
  project?: ProjectRef | null | undefined;
  /** The registry, if it is to be in one. */
  registry?: RegistryRef | null | undefined;
  /** The type of its artifacts. */
  type: string;
};

/** A new registry. */
export type CreateRegistryInput = {
  /** The artifact types that it takes; null: any. */
  artifactTypes?: Array<string> | null | undefined;
  /** What it is about, in Markdown. */
  description?: string | null | undefined;
  /** The name in the organization. */
  name: string;
  /** The organization's name; the server's first one if not given. */
  organization?: string | null | undefined;
  /** The aliases that only its admins may move. */
  protectedAliases?: Array<string>;
  /** Who may see it without being a member. */
  visibility?: Visibility;
};

/** A version to delete. */
export type DeleteArtifactInput = {
  /** Which version. */
  artifact: ArtifactRef;
  /** Delete it even though it has aliases other than `latest`. */
  deleteAliases?: boolean;
  /** Why, for the action history. */
  reason?: string | null | undefined;
};

/** A collection to delete. */
export type DeleteCollectionInput = {
  /** Which collection. */
  collection: CollectionRef;
  /** Why, for the action history. */
  reason?: string | null | undefined;
};

/** A run to delete. */
export type DeleteRunInput = {
  /** Why, for the action history. */
  reason?: string | null | undefined;
  /** Which run. */
  run: RunRef;
};

/** What kind of error this is. New codes may be added; none is ever renamed. */
export type ErrorCode =
  /** The input is not well formed; sending it again will not help. */
  | 'BAD_USER_INPUT'
  /** The registry stands otherwise than the request expects. */
  | 'CONFLICT'
  /** The request ran out of its time. */
  | 'DEADLINE_EXCEEDED'
  /** You may not do this. */
  | 'FORBIDDEN'
  /** The document is not GraphQL. */
  | 'GRAPHQL_PARSE_FAILED'
  /** The document does not fit the schema. */
  | 'GRAPHQL_VALIDATION_FAILED'
  /** A fault of the server. Its log has more under the request's id. */
  | 'INTERNAL'
  /** There is nothing of that name, or nothing that you may see. */
  | 'NOT_FOUND'
  /** The query asks for more than one request may. */
  | 'QUERY_TOO_COMPLEX'
  /** Too many requests; come back later. */
  | 'RATE_LIMITED'
  /** No key, or one that is unknown, expired or revoked. */
  | 'UNAUTHENTICATED'
  /** The database or the blob store can't be reached now; try again. */
  | 'UNAVAILABLE';

/** What happened. New kinds may be added; none is ever renamed. */
export type EventKind =
  /** An alias was put on a version. `previous` is the version that it was moved from. */
  | 'ALIAS_ADDED'
  /** An alias was taken off a version. */
  | 'ALIAS_REMOVED'
  /** An API key was made. */
  | 'API_KEY_CREATED'
  /** An API key was revoked. */
  | 'API_KEY_REVOKED'
  /** A version was deleted. */
  | 'ARTIFACT_DELETED'
  /** The description or the metadata of a version were edited. */
  | 'ARTIFACT_UPDATED'
  /** A collection was made. */
  | 'COLLECTION_CREATED'
  /** A collection was deleted. */
  | 'COLLECTION_DELETED'
  /** A collection was renamed or its description edited. */
  | 'COLLECTION_UPDATED'
  /** Somebody lost their role in an organization, team, project or registry. */
  | 'MEMBER_REMOVED'
  /** Somebody got a role in an organization, team, project or registry. */
  | 'MEMBER_SET'
  /** An organization was made. */
  | 'ORGANIZATION_CREATED'
  /** A project was made. */
  | 'PROJECT_CREATED'
  /** A project was deleted. */
  | 'PROJECT_DELETED'
  /** A project was edited. */
  | 'PROJECT_UPDATED'
  /** A registry was made. */
  | 'REGISTRY_CREATED'
  /** A registry was deleted. */
  | 'REGISTRY_DELETED'
  /** A registry's description, visibility, types or protected aliases were edited. */
  | 'REGISTRY_UPDATED'
  /** A run was deleted. */
  | 'RUN_DELETED'
  /** A tag was put on a version or a collection. */
  | 'TAG_ADDED'
  /** A tag was taken off a version or a collection. */
  | 'TAG_REMOVED'
  /** A team was made. */
  | 'TEAM_CREATED'
  /** A team was deleted. */
  | 'TEAM_DELETED'
  /** A user was made. */
  | 'USER_CREATED'
  /** A user was deleted. */
  | 'USER_DELETED'
  /** A version came into a collection: it was logged, or linked. */
  | 'VERSION_ADDED'
  /** A version went out of a collection: it was unlinked, or deleted. */
  | 'VERSION_REMOVED';

/** A version to link into a registry's collection. */
export type LinkArtifactInput = {
  /** Aliases to put on it in this collection; `latest` comes by itself. */
  aliases?: Array<string>;
  /** The version; it must be committed. */
  artifact: ArtifactRef;
  /** The collection; made, of the artifact's type, if its registry exists and it does not. */
  collection: CollectionRef;
  /** Why, for the action history. */
  reason?: string | null | undefined;
  /** The run that links it, for the action history. */
  run?: RunRef | null | undefined;
};

/** A project, by exactly one of these. */
export type ProjectRef =
  {   /** Its global id. */
  id: string | number; name?: never; }
  |  { id?: never;   /** `<entity>/<project>`. */
  name: string; };

/** A registry, by exactly one of these. */
export type RegistryRef =
  {   /** Its global id. */
  id: string | number; name?: never; }
  |  { id?: never;   /** Its name; `<organization>/<registry>` where there are several. */
  name: string; };

/** An alias to remove. */
export type RemoveAliasInput = {
  /** The alias. */
  alias: string;
  /** The collection. */
  collection: CollectionRef;
  /** Remove it only if it now points at this version. CONFLICT otherwise. */
  expectedVersion?: string | null | undefined;
  /** Why, for the action history. */
  reason?: string | null | undefined;
};

/** What a member may do, from least to most. */
export type Role =
  /** Everything, members and protected aliases included. */
  | 'ADMIN'
  /** Log, link, and move aliases that are not protected. */
  | 'MEMBER'
  /** See what is linked, but not where it comes from. */
  | 'RESTRICTED_VIEWER'
  /** See everything in it. */
  | 'VIEWER';

/** A run, by exactly one of these. */
export type RunRef =
  {   /** Its global id. */
  id: string | number; name?: never; }
  |  { id?: never;   /** `<entity>/<project>/<slug>`. */
  name: string; };

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

/** Conditions on all events of a server; all that are given must hold. */
export type ServerEventFilter = {
  /** By the user of this name. */
  actor?: string | null | undefined;
  /** About this alias. */
  alias?: string | null | undefined;
  /** About the artifact with this id. */
  artifact?: string | number | null | undefined;
  /** About the collection with this id. */
  collection?: string | number | null | undefined;
  /** At this time or later. */
  from?: string | null | undefined;
  /** Of one of these kinds. */
  kinds?: Array<EventKind> | null | undefined;
  /** About the registry with this id, or a collection in it. */
  registry?: string | number | null | undefined;
  /** Before this time. */
  until?: string | null | undefined;
  /** About this version of the collection, like `v4`. */
  version?: string | null | undefined;
};

/** An alias, and the version that it shall point at. */
export type SetAliasInput = {
  /** The alias: up to 128 characters, no `/` or `:`, not like a version. `latest` moves by itself. */
  alias: string;
  /** The collection. */
  collection: CollectionRef;
  /** Move it only if it now points at this version; null: only if it is not set. CONFLICT otherwise. */
  expectedVersion?: string | null | undefined;
  /** Why, for the action history. */
  reason?: string | null | undefined;
  /** The version: its number in this collection (`v3`), another alias, a digest, or a whole name. */
  version: string;
};

/** A tag, and what it is put on or taken off: a version or a collection. */
export type TagInput = {
  /** The version, if it is one. */
  artifact?: ArtifactRef | null | undefined;
  /** The collection, if it is one. */
  collection?: CollectionRef | null | undefined;
  /** The tag. */
  tag: string;
};

/** A version to take out of a registry's collection. */
export type UnlinkArtifactInput = {
  /** The version. */
  artifact: ArtifactRef;
  /** The collection. */
  collection: CollectionRef;
  /** Why, for the action history. */
  reason?: string | null | undefined;
};

/** Changes to what is said of a version. Its content can't be changed. */
export type UpdateArtifactInput = {
  /** Which version. */
  artifact: ArtifactRef;
  /** The new description; left as it is if not given. */
  description?: string | null | undefined;
  /** The whole new metadata; left as they are if not given. */
  metadata?: unknown;
};

/** Changes to a collection. */
export type UpdateCollectionInput = {
  /** Which collection. */
  collection: CollectionRef;
  /** What it is about, in Markdown. Left as it is if not given. */
  description?: string | null | undefined;
  /** The name. The old one goes on meaning this collection. Left as it is if not given. */
  name?: string | null | undefined;
};

/** Changes to a project. */
export type UpdateProjectInput = {
  /** What it is about, in Markdown. Left as it is if not given. */
  description?: string | null | undefined;
  /** Which project. */
  project: ProjectRef;
  /** Who may see it without being a member. Left as it is if not given. */
  visibility?: Visibility | null | undefined;
};

/** Changes to a registry. */
export type UpdateRegistryInput = {
  /** The artifact types that it takes; null: any. Left as it is if not given. */
  artifactTypes?: Array<string> | null | undefined;
  /** What it is about, in Markdown. Left as it is if not given. */
  description?: string | null | undefined;
  /** The name. Left as it is if not given. */
  name?: string | null | undefined;
  /** The aliases that only its admins may move. Left as it is if not given. */
  protectedAliases?: Array<string> | null | undefined;
  /** Which registry. */
  registry: RegistryRef;
  /** Who may see it without being a member. Left as it is if not given. */
  visibility?: Visibility | null | undefined;
};

/** Changes to a run. */
export type UpdateRunInput = {
  /** Its whole config. Left as it is if not given. */
  config?: unknown;
  /** What people call it. Left as it is if not given. */
  displayName?: string | null | undefined;
  /** Its group. Left as it is if not given. */
  group?: string | null | undefined;
  /** What kind of job it is. Left as it is if not given. */
  jobType?: string | null | undefined;
  /** Its notes. Left as it is if not given. */
  notes?: string | null | undefined;
  /** Which run. */
  run: RunRef;
  /** Its whole summary. Left as it is if not given. */
  summary?: unknown;
  /** All its labels. Left as it is if not given. */
  tags?: Array<string> | null | undefined;
};

/** Who may see something without being its member. */
export type Visibility =
  /** Everybody in the organization. */
  | 'ORGANIZATION'
  /** Its members only. */
  | 'RESTRICTED';

export type SetAliasMutationVariables = Exact<{
  input: SetAliasInput;
}>;


export type SetAliasMutation = { setAlias: { errors: Array<{ code: ErrorCode, message: string, field: Array<string> }> } };

export type RemoveAliasMutationVariables = Exact<{
  input: RemoveAliasInput;
}>;


export type RemoveAliasMutation = { removeAlias: { errors: Array<{ code: ErrorCode, message: string, field: Array<string> }> } };

export type AddTagMutationVariables = Exact<{
  input: TagInput;
}>;


export type AddTagMutation = { addTag: { errors: Array<{ code: ErrorCode, message: string, field: Array<string> }> } };

export type RemoveTagMutationVariables = Exact<{
  input: TagInput;
}>;


export type RemoveTagMutation = { removeTag: { errors: Array<{ code: ErrorCode, message: string, field: Array<string> }> } };

export type LinkArtifactMutationVariables = Exact<{
  input: LinkArtifactInput;
}>;


export type LinkArtifactMutation = { linkArtifact: { membership: { name: string, version: string, collection: { path: string } } | null, errors: Array<{ code: ErrorCode, message: string, field: Array<string> }> } };

export type UnlinkArtifactMutationVariables = Exact<{
  input: UnlinkArtifactInput;
}>;


export type UnlinkArtifactMutation = { unlinkArtifact: { errors: Array<{ code: ErrorCode, message: string, field: Array<string> }> } };

export type LinkTargetsQueryVariables = Exact<{
  type: string;
  text?: string | null | undefined;
}>;


export type LinkTargetsQuery = { collections: { nodes: Array<{ id: string, path: string, aliases: Array<{ name: string }>, registry: { protectedAliases: Array<string> } | null }> }, registries: { nodes: Array<{ id: string, name: string, artifactTypes: Array<string> | null, protectedAliases: Array<string>, organization: { name: string } }> } };

export type UpdateArtifactMutationVariables = Exact<{
  input: UpdateArtifactInput;
}>;


export type UpdateArtifactMutation = { updateArtifact: { errors: Array<{ code: ErrorCode, message: string, field: Array<string> }> } };

export type UpdateCollectionMutationVariables = Exact<{
  input: UpdateCollectionInput;
}>;


export type UpdateCollectionMutation = { updateCollection: { collection: { path: string } | null, errors: Array<{ code: ErrorCode, message: string, field: Array<string> }> } };

export type UpdateRegistryMutationVariables = Exact<{
  input: UpdateRegistryInput;
}>;


export type UpdateRegistryMutation = { updateRegistry: { registry: { name: string, organization: { name: string } } | null, errors: Array<{ code: ErrorCode, message: string, field: Array<string> }> } };

export type UpdateProjectMutationVariables = Exact<{
  input: UpdateProjectInput;
}>;


export type UpdateProjectMutation = { updateProject: { errors: Array<{ code: ErrorCode, message: string, field: Array<string> }> } };

export type UpdateRunMutationVariables = Exact<{
  input: UpdateRunInput;
}>;


export type UpdateRunMutation = { updateRun: { errors: Array<{ code: ErrorCode, message: string, field: Array<string> }> } };

export type CreateCollectionMutationVariables = Exact<{
  input: CreateCollectionInput;
}>;


export type CreateCollectionMutation = { createCollection: { collection: { path: string, kind: CollectionKind } | null, errors: Array<{ code: ErrorCode, message: string, field: Array<string> }> } };

export type CreateRegistryMutationVariables = Exact<{
  input: CreateRegistryInput;
}>;


export type CreateRegistryMutation = { createRegistry: { registry: { name: string, organization: { name: string } } | null, errors: Array<{ code: ErrorCode, message: string, field: Array<string> }> } };

export type DeleteArtifactMutationVariables = Exact<{
  input: DeleteArtifactInput;
}>;


export type DeleteArtifactMutation = { deleteArtifact: { errors: Array<{ code: ErrorCode, message: string, field: Array<string> }> } };

export type DeleteCollectionMutationVariables = Exact<{
  input: DeleteCollectionInput;
}>;


export type DeleteCollectionMutation = { deleteCollection: { errors: Array<{ code: ErrorCode, message: string, field: Array<string> }> } };

export type DeleteRunMutationVariables = Exact<{
  input: DeleteRunInput;
}>;


export type DeleteRunMutation = { deleteRun: { errors: Array<{ code: ErrorCode, message: string, field: Array<string> }> } };

export type PersonFragment = { name: string, displayName: string | null };

export type CollectionPlaceFragment = { id: string, name: string, path: string, kind: CollectionKind, type: string };

export type RunLinkFragment = { id: string, path: string, displayName: string, state: RunState, jobType: string | null, createdAt: string, deletedAt: string | null };

export type ArtifactLinkFragment = { id: string, name: string, type: string, version: string | null, size: number | string, createdAt: string, deletedAt: string | null };

export type HistoryEventFragment = { id: string, kind: EventKind, createdAt: string, version: string | null, previousVersion: string | null, alias: string | null, tag: string | null, role: Role | null, detail: unknown, reason: string | null, hash: string, actor: { name: string, displayName: string | null }, collection: { id: string, name: string, path: string, kind: CollectionKind, type: string } | null, artifact: { id: string, name: string } | null, previous: { id: string, name: string } | null, run: { id: string, path: string, displayName: string } | null, registry: { name: string, organization: { name: string } } | null, project: { path: string } | null, subject:
    | { __typename: 'Team', name: string, displayName: string | null }
    | { __typename: 'User', name: string, displayName: string | null }
   | null };

export type HistoryEventsQueryVariables = Exact<{
  filter: ServerEventFilter;
  first: number;
  after?: string | null | undefined;
}>;


export type HistoryEventsQuery = { actionEvents: { nodes: Array<{ id: string, kind: EventKind, createdAt: string, version: string | null, previousVersion: string | null, alias: string | null, tag: string | null, role: Role | null, detail: unknown, reason: string | null, hash: string, actor: { name: string, displayName: string | null }, collection: { id: string, name: string, path: string, kind: CollectionKind, type: string } | null, artifact: { id: string, name: string } | null, previous: { id: string, name: string } | null, run: { id: string, path: string, displayName: string } | null, registry: { name: string, organization: { name: string } } | null, project: { path: string } | null, subject:
        | { __typename: 'Team', name: string, displayName: string | null }
        | { __typename: 'User', name: string, displayName: string | null }
       | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type HistoryEventCountQueryVariables = Exact<{
  filter: ServerEventFilter;
}>;


export type HistoryEventCountQuery = { actionEvents: { totalCount: number } };

export type HistoryPeopleQueryVariables = Exact<{ [key: string]: never; }>;


export type HistoryPeopleQuery = { users: { nodes: Array<{ name: string, displayName: string | null }> } };

export type HistoryAliasesSetQueryVariables = Exact<{
  filter: ServerEventFilter;
  collection: string | number;
}>;


export type HistoryAliasesSetQuery = { actionEvents: { nodes: Array<{ alias: string | null }> }, collection: { id: string, name: string, path: string, kind: CollectionKind, aliases: Array<{ name: string }> } | null };

export type HistoryTimelineQueryVariables = Exact<{
  collection: string | number;
  alias: string;
  first: number;
}>;


export type HistoryTimelineQuery = { collection: { id: string, alias: { name: string, history: Array<{ version: string, from: string, until: string | null, reason: string | null, endedReason: string | null, artifact: { name: string }, actor: { name: string, displayName: string | null }, endedBy: { name: string, displayName: string | null } | null }> } | null } | null };

export type HistoryAliasAtQueryVariables = Exact<{
  collection: string | number;
  alias: string;
  time: string;
}>;


export type HistoryAliasAtQuery = { collection: { id: string, alias: { at: { id: string, version: string, artifact: { id: string, name: string, deletedAt: string | null } } | null } | null } | null };

export type RegistriesQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
}>;


export type RegistriesQuery = { registries: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ id: string, name: string, description: string | null, visibility: Visibility, createdAt: string, organization: { name: string }, collections: { totalCount: number }, actionHistory: { nodes: Array<{ createdAt: string }> } }> } };

export type ProjectsQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
}>;


export type ProjectsQuery = { projects: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ id: string, path: string, description: string | null, visibility: Visibility, createdAt: string, runs: { totalCount: number, nodes: Array<{ createdAt: string, heartbeatAt: string | null }> }, collections: { totalCount: number } }> } };

export type ViewerQueryVariables = Exact<{ [key: string]: never; }>;


export type ViewerQuery = { viewer: { name: string } };

export type SearchQueryVariables = Exact<{
  text: string;
  first: number;
  after?: string | null | undefined;
}>;


export type SearchQuery = { search: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ name: string, object:
        | { __typename: 'ActionEvent', id: string }
        | { __typename: 'ApiKey', id: string }
        | { __typename: 'Artifact', id: string }
        | { __typename: 'Collection', kind: CollectionKind, type: string, id: string, collectionPath: string, text: string | null }
        | { __typename: 'Membership', id: string }
        | { __typename: 'Organization', id: string }
        | { __typename: 'Project', id: string, projectPath: string, text: string | null }
        | { __typename: 'Registry', id: string, text: string | null, organization: { name: string } }
        | { __typename: 'Run', displayName: string, state: RunState, jobType: string | null, createdAt: string, id: string, runPath: string }
        | { __typename: 'Team', id: string }
        | { __typename: 'User', id: string }
       }> } };

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
export const PersonFragmentDoc = new TypedDocumentString(`
    fragment Person on User {
  name
  displayName
}
    `, {"fragmentName":"Person"}) as unknown as TypedDocumentString<PersonFragment, unknown>;
export const CollectionPlaceFragmentDoc = new TypedDocumentString(`
    fragment CollectionPlace on Collection {
  id
  name
  path
  kind
  type
}
    `, {"fragmentName":"CollectionPlace"}) as unknown as TypedDocumentString<CollectionPlaceFragment, unknown>;
export const RunLinkFragmentDoc = new TypedDocumentString(`
    fragment RunLink on Run {
  id
  path
  displayName
  state
  jobType
  createdAt
  deletedAt
}
    `, {"fragmentName":"RunLink"}) as unknown as TypedDocumentString<RunLinkFragment, unknown>;
export const ArtifactLinkFragmentDoc = new TypedDocumentString(`
    fragment ArtifactLink on Artifact {
  id
  name
  type
  version
  size
  createdAt
  deletedAt
}
    `, {"fragmentName":"ArtifactLink"}) as unknown as TypedDocumentString<ArtifactLinkFragment, unknown>;
export const HistoryEventFragmentDoc = new TypedDocumentString(`
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
    type
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
  }
  registry {
    name
    organization {
      name
    }
  }
  project {
    path
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
    `, {"fragmentName":"HistoryEvent"}) as unknown as TypedDocumentString<HistoryEventFragment, unknown>;
export const SetAliasDocument = new TypedDocumentString(`
    mutation SetAlias($input: SetAliasInput!) {
  setAlias(input: $input) {
    errors {
      code
      message
      field
    }
  }
}
    `) as unknown as TypedDocumentString<SetAliasMutation, SetAliasMutationVariables>;
export const RemoveAliasDocument = new TypedDocumentString(`
    mutation RemoveAlias($input: RemoveAliasInput!) {
  removeAlias(input: $input) {
    errors {
      code
      message
      field
    }
  }
}
    `) as unknown as TypedDocumentString<RemoveAliasMutation, RemoveAliasMutationVariables>;
export const AddTagDocument = new TypedDocumentString(`
    mutation AddTag($input: TagInput!) {
  addTag(input: $input) {
    errors {
      code
      message
      field
    }
  }
}
    `) as unknown as TypedDocumentString<AddTagMutation, AddTagMutationVariables>;
export const RemoveTagDocument = new TypedDocumentString(`
    mutation RemoveTag($input: TagInput!) {
  removeTag(input: $input) {
    errors {
      code
      message
      field
    }
  }
}
    `) as unknown as TypedDocumentString<RemoveTagMutation, RemoveTagMutationVariables>;
export const LinkArtifactDocument = new TypedDocumentString(`
    mutation LinkArtifact($input: LinkArtifactInput!) {
  linkArtifact(input: $input) {
    membership {
      name
      version
      collection {
        path
      }
    }
    errors {
      code
      message
      field
    }
  }
}
    `) as unknown as TypedDocumentString<LinkArtifactMutation, LinkArtifactMutationVariables>;
export const UnlinkArtifactDocument = new TypedDocumentString(`
    mutation UnlinkArtifact($input: UnlinkArtifactInput!) {
  unlinkArtifact(input: $input) {
    errors {
      code
      message
      field
    }
  }
}
    `) as unknown as TypedDocumentString<UnlinkArtifactMutation, UnlinkArtifactMutationVariables>;
export const LinkTargetsDocument = new TypedDocumentString(`
    query LinkTargets($type: String!, $text: String) {
  collections(
    first: 20
    filter: {kind: [REGISTRY], type: [$type], nameContains: $text}
  ) {
    nodes {
      id
      path
      aliases {
        name
      }
      registry {
        protectedAliases
      }
    }
  }
  registries(first: 100) {
    nodes {
      id
      name
      artifactTypes
      protectedAliases
      organization {
        name
      }
    }
  }
}
    `) as unknown as TypedDocumentString<LinkTargetsQuery, LinkTargetsQueryVariables>;
export const UpdateArtifactDocument = new TypedDocumentString(`
    mutation UpdateArtifact($input: UpdateArtifactInput!) {
  updateArtifact(input: $input) {
    errors {
      code
      message
      field
    }
  }
}
    `) as unknown as TypedDocumentString<UpdateArtifactMutation, UpdateArtifactMutationVariables>;
export const UpdateCollectionDocument = new TypedDocumentString(`
    mutation UpdateCollection($input: UpdateCollectionInput!) {
  updateCollection(input: $input) {
    collection {
      path
    }
    errors {
      code
      message
      field
    }
  }
}
    `) as unknown as TypedDocumentString<UpdateCollectionMutation, UpdateCollectionMutationVariables>;
export const UpdateRegistryDocument = new TypedDocumentString(`
    mutation UpdateRegistry($input: UpdateRegistryInput!) {
  updateRegistry(input: $input) {
    registry {
      name
      organization {
        name
      }
    }
    errors {
      code
      message
      field
    }
  }
}
    `) as unknown as TypedDocumentString<UpdateRegistryMutation, UpdateRegistryMutationVariables>;
export const UpdateProjectDocument = new TypedDocumentString(`
    mutation UpdateProject($input: UpdateProjectInput!) {
  updateProject(input: $input) {
    errors {
      code
      message
      field
    }
  }
}
    `) as unknown as TypedDocumentString<UpdateProjectMutation, UpdateProjectMutationVariables>;
export const UpdateRunDocument = new TypedDocumentString(`
    mutation UpdateRun($input: UpdateRunInput!) {
  updateRun(input: $input) {
    errors {
      code
      message
      field
    }
  }
}
    `) as unknown as TypedDocumentString<UpdateRunMutation, UpdateRunMutationVariables>;
export const CreateCollectionDocument = new TypedDocumentString(`
    mutation CreateCollection($input: CreateCollectionInput!) {
  createCollection(input: $input) {
    collection {
      path
      kind
    }
    errors {
      code
      message
      field
    }
  }
}
    `) as unknown as TypedDocumentString<CreateCollectionMutation, CreateCollectionMutationVariables>;
export const CreateRegistryDocument = new TypedDocumentString(`
    mutation CreateRegistry($input: CreateRegistryInput!) {
  createRegistry(input: $input) {
    registry {
      name
      organization {
        name
      }
    }
    errors {
      code
      message
      field
    }
  }
}
    `) as unknown as TypedDocumentString<CreateRegistryMutation, CreateRegistryMutationVariables>;
export const DeleteArtifactDocument = new TypedDocumentString(`
    mutation DeleteArtifact($input: DeleteArtifactInput!) {
  deleteArtifact(input: $input) {
    errors {
      code
      message
      field
    }
  }
}
    `) as unknown as TypedDocumentString<DeleteArtifactMutation, DeleteArtifactMutationVariables>;
export const DeleteCollectionDocument = new TypedDocumentString(`
    mutation DeleteCollection($input: DeleteCollectionInput!) {
  deleteCollection(input: $input) {
    errors {
      code
      message
      field
    }
  }
}
    `) as unknown as TypedDocumentString<DeleteCollectionMutation, DeleteCollectionMutationVariables>;
export const DeleteRunDocument = new TypedDocumentString(`
    mutation DeleteRun($input: DeleteRunInput!) {
  deleteRun(input: $input) {
    errors {
      code
      message
      field
    }
  }
}
    `) as unknown as TypedDocumentString<DeleteRunMutation, DeleteRunMutationVariables>;
export const HistoryEventsDocument = new TypedDocumentString(`
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
    type
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
  }
  registry {
    name
    organization {
      name
    }
  }
  project {
    path
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
}`) as unknown as TypedDocumentString<HistoryEventsQuery, HistoryEventsQueryVariables>;
export const HistoryEventCountDocument = new TypedDocumentString(`
    query HistoryEventCount($filter: ServerEventFilter!) {
  actionEvents(filter: $filter, first: 1) {
    totalCount
  }
}
    `) as unknown as TypedDocumentString<HistoryEventCountQuery, HistoryEventCountQueryVariables>;
export const HistoryPeopleDocument = new TypedDocumentString(`
    query HistoryPeople {
  users(first: 100) {
    nodes {
      name
      displayName
    }
  }
}
    `) as unknown as TypedDocumentString<HistoryPeopleQuery, HistoryPeopleQueryVariables>;
export const HistoryAliasesSetDocument = new TypedDocumentString(`
    query HistoryAliasesSet($filter: ServerEventFilter!, $collection: ID!) {
  actionEvents(filter: $filter, first: 100) {
    nodes {
      alias
    }
  }
  collection(ref: {id: $collection}) {
    id
    name
    path
    kind
    aliases {
      name
    }
  }
}
    `) as unknown as TypedDocumentString<HistoryAliasesSetQuery, HistoryAliasesSetQueryVariables>;
export const HistoryTimelineDocument = new TypedDocumentString(`
    query HistoryTimeline($collection: ID!, $alias: String!, $first: Int!) {
  collection(ref: {id: $collection}) {
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
    `) as unknown as TypedDocumentString<HistoryTimelineQuery, HistoryTimelineQueryVariables>;
export const HistoryAliasAtDocument = new TypedDocumentString(`
    query HistoryAliasAt($collection: ID!, $alias: String!, $time: DateTime!) {
  collection(ref: {id: $collection}) {
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
    `) as unknown as TypedDocumentString<HistoryAliasAtQuery, HistoryAliasAtQueryVariables>;
export const RegistriesDocument = new TypedDocumentString(`
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
    `) as unknown as TypedDocumentString<RegistriesQuery, RegistriesQueryVariables>;
export const ProjectsDocument = new TypedDocumentString(`
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
    `) as unknown as TypedDocumentString<ProjectsQuery, ProjectsQueryVariables>;
export const ViewerDocument = new TypedDocumentString(`
    query Viewer {
  viewer {
    name
  }
}
    `) as unknown as TypedDocumentString<ViewerQuery, ViewerQueryVariables>;
export const SearchDocument = new TypedDocumentString(`
    query Search($text: String!, $first: Int!, $after: String) {
  search(text: $text, first: $first, after: $after) {
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
          createdAt
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
    `) as unknown as TypedDocumentString<SearchQuery, SearchQueryVariables>;