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

/** Conditions on collections; all that are given must hold. */
export type CollectionFilter = {
  /** Of one of these kinds. */
  kind?: Array<CollectionKind> | null | undefined;
  /** Whose name has this text in it, in whatever case. */
  nameContains?: string | null | undefined;
  /** With this tag. */
  tag?: string | null | undefined;
  /** Of one of these artifact types. */
  type?: Array<string> | null | undefined;
};

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

/** A user or a team, by exactly one of these. */
export type EntityRef =
  {   /** Its global id. */
  id: string | number; name?: never; }
  |  { id?: never;   /** Its name. */
  name: string; };

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
  | 'VERSION_REMOVED'
  /** A webhook was made. `detail` tells its host, and never its whole URL. */
  | 'WEBHOOK_CREATED'
  /** A webhook was deleted. */
  | 'WEBHOOK_DELETED'
  /** A webhook was sent back, or ahead, to a place in the log. */
  | 'WEBHOOK_REPLAYED'
  /** A webhook was edited, turned on, or turned off: by somebody, or because it failed for long. */
  | 'WEBHOOK_UPDATED';

/** Conditions on files; all that are given must hold. */
export type FileFilter = {
  /** Whose path has this text in it, in whatever case. */
  pathContains?: string | null | undefined;
  /** Whose path begins with this. */
  pathStartsWith?: string | null | undefined;
};

/** A condition on what a key holds; all operators that are given must hold. */
export type JsonFilter = {
  /** Is a text that has this in it, or a list with this text. */
  contains?: string | null | undefined;
  /** Is this text, number or boolean; null: is null, or not there. */
  eq?: unknown;
  /** True: is there, even if null. False: is not there. */
  exists?: boolean | null | undefined;
  /** Is more than this number or text. */
  gt?: unknown;
  /** Is this number or text, or more. */
  gte?: unknown;
  /** Is one of these, 100 at most. */
  in?: Array<unknown> | null | undefined;
  /** Which key; dots lead into objects: `train.loss`. */
  key: string;
  /** Is less than this number or text. */
  lt?: unknown;
  /** Is this number or text, or less. */
  lte?: unknown;
  /** Is anything else, or not there. */
  ne?: unknown;
  /** Is none of these, or not there. */
  nin?: Array<unknown> | null | undefined;
};

/** Which way to follow the lineage. */
export type LineageDirection =
  /** All that it was made from, and all that was made from it. */
  | 'BOTH'
  /** What was made from it: outputs of outputs. */
  | 'DOWNSTREAM'
  /** What it was made from: inputs of inputs. */
  | 'UPSTREAM';

/** What other programs read a lineage map as. */
export type LineageFormat =
  /** A bill of materials for machine learning, as CycloneDX 1.6, of the node that the map is around. */
  | 'CYCLONEDX'
  /** The JSON of Cytoscape. */
  | 'CYTOSCAPE'
  /** Graphviz's DOT, to draw with `dot -Tsvg`. */
  | 'DOT'
  /** GraphML, for yEd, Gephi or networkx. */
  | 'GRAPHML'
  /** A Mermaid flowchart, for Markdown pages. */
  | 'MERMAID'
  /** A list of OpenLineage run events: of each run its start and its end. */
  | 'OPENLINEAGE'
  /** W3C PROV, as PROV-JSON. */
  | 'PROV'
  /** A picture, as SVG, for pages of either brightness. */
  | 'SVG';

/** To the origin of which of two compared versions something belongs. */
export type LineageSide =
  /** Of both. */
  | 'BOTH'
  /** Of the first alone. */
  | 'FROM'
  /** Of the second alone. */
  | 'TO';

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

/** Conditions on a collection's versions; all that are given must hold. */
export type MembershipFilter = {
  /** Added at this time or later. */
  addedAfter?: string | null | undefined;
  /** Added before this time. */
  addedBefore?: string | null | undefined;
  /** That has this alias in the collection. */
  alias?: string | null | undefined;
  /** Whose metadata meet all of these. */
  metadata?: Array<JsonFilter> | null | undefined;
  /** With this tag. */
  tag?: string | null | undefined;
};

/** In which direction an order goes. */
export type OrderDirection =
  /** Smallest, oldest or first first. */
  | 'ASC'
  /** Largest, newest or last first. */
  | 'DESC';

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

/** Somebody whose role somewhere ends. */
export type RemoveMemberInput = {
  /** Who: a user or a team. */
  entity: EntityRef;
  /** Where. */
  scope: ScopeInput;
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

/** Conditions on runs; all that are given must hold. */
export type RunFilter = {
  /** Whose config meets all of these. */
  config?: Array<JsonFilter> | null | undefined;
  /** Created at this time or later. */
  createdAfter?: string | null | undefined;
  /** Created before this time. */
  createdBefore?: string | null | undefined;
  /** Started by the user of this name. */
  createdBy?: string | null | undefined;
  /** Of this group. */
  group?: string | null | undefined;
  /** Of this job type. */
  jobType?: string | null | undefined;
  /** Whose display name or slug has this text in it, in whatever case. */
  nameContains?: string | null | undefined;
  /** In one of these states. */
  state?: Array<RunState> | null | undefined;
  /** Whose summary meets all of these. */
  summary?: Array<JsonFilter> | null | undefined;
};

/** How to order runs. */
export type RunOrder = {
  /** Ascending, if not given. */
  direction?: OrderDirection;
  /** By what. */
  field: RunOrderField;
};

/** What runs can be ordered by. */
export type RunOrderField =
  /** In which order they were made. */
  | 'CREATED_AT'
  /** By name, by code point. */
  | 'NAME';

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

/** Where a role holds: exactly one of these. */
export type ScopeInput =
  {   /** An organization, by its name. */
  organization: string; project?: never; registry?: never; team?: never; }
  |  { organization?: never;   /** A project. */
  project: ProjectRef; registry?: never; team?: never; }
  |  { organization?: never; project?: never;   /** A registry. */
  registry: RegistryRef; team?: never; }
  |  { organization?: never; project?: never; registry?: never;   /** A team. */
  team: EntityRef; };

/** What can be searched for. */
export type SearchKind =
  /** Artifact versions, by their description, tags and metadata; their collection has the name. */
  | 'ARTIFACT'
  /** Collections of versions, in projects and in registries. */
  | 'COLLECTION'
  /** Projects. */
  | 'PROJECT'
  /** Registries. */
  | 'REGISTRY'
  /** Runs. */
  | 'RUN';

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

/** Somebody's role somewhere. */
export type SetMemberInput = {
  /** Who: a user or a team. */
  entity: EntityRef;
  /** Which role; it takes the place of another there. */
  role: Role;
  /** Where. */
  scope: ScopeInput;
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
  /** The commit of its code. */
  commit?: string | null | undefined;
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
  /** Which program of it ran. */
  program?: string | null | undefined;
  /** Where its code is kept, such as the URL of a Git repository. */
  repository?: string | null | undefined;
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


export type LinkTargetsQuery = { collections: { nodes: Array<{ path: string, registry: { protectedAliases: Array<string> } | null }> }, registries: { nodes: Array<{ name: string, artifactTypes: Array<string> | null, protectedAliases: Array<string>, organization: { name: string } }> } };

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

export type SetMemberMutationVariables = Exact<{
  input: SetMemberInput;
}>;


export type SetMemberMutation = { setMember: { errors: Array<{ code: ErrorCode, message: string, field: Array<string> }> } };

export type RemoveMemberMutationVariables = Exact<{
  input: RemoveMemberInput;
}>;


export type RemoveMemberMutation = { removeMember: { errors: Array<{ code: ErrorCode, message: string, field: Array<string> }> } };

export type PersonFragment = { name: string, displayName: string | null };

export type CollectionPlaceFragment = { id: string, name: string, path: string, kind: CollectionKind, type: string };

export type RunLinkFragment = { id: string, path: string, displayName: string, state: RunState, jobType: string | null, createdAt: string, deletedAt: string | null };

export type ArtifactLinkFragment = { id: string, name: string, type: string, version: string | null, size: number | string, createdAt: string, deletedAt: string | null };

export type RefusalFragment = { code: ErrorCode, message: string, field: Array<string> };

export type PeopleQueryVariables = Exact<{ [key: string]: never; }>;


export type PeopleQuery = { users: { nodes: Array<{ name: string, displayName: string | null }> } };

export type HistoryEventFragment = { id: string, kind: EventKind, createdAt: string, version: string | null, previousVersion: string | null, alias: string | null, tag: string | null, role: Role | null, detail: unknown, reason: string | null, hash: string, actor: { name: string, displayName: string | null }, collection: { id: string, name: string, path: string, kind: CollectionKind, deletedAt: string | null } | null, artifact: { id: string, name: string } | null, previous: { id: string, name: string } | null, run: { id: string, path: string, displayName: string, deletedAt: string | null } | null, registry: { name: string, deletedAt: string | null, organization: { name: string } } | null, project: { path: string, deletedAt: string | null } | null, subject:
    | { __typename: 'Team', name: string, displayName: string | null }
    | { __typename: 'User', name: string, displayName: string | null }
   | null };

export type HistoryEventsQueryVariables = Exact<{
  filter: ServerEventFilter;
  first: number;
  after?: string | null | undefined;
}>;


export type HistoryEventsQuery = { actionEvents: { nodes: Array<{ id: string, kind: EventKind, createdAt: string, version: string | null, previousVersion: string | null, alias: string | null, tag: string | null, role: Role | null, detail: unknown, reason: string | null, hash: string, actor: { name: string, displayName: string | null }, collection: { id: string, name: string, path: string, kind: CollectionKind, deletedAt: string | null } | null, artifact: { id: string, name: string } | null, previous: { id: string, name: string } | null, run: { id: string, path: string, displayName: string, deletedAt: string | null } | null, registry: { name: string, deletedAt: string | null, organization: { name: string } } | null, project: { path: string, deletedAt: string | null } | null, subject:
        | { __typename: 'Team', name: string, displayName: string | null }
        | { __typename: 'User', name: string, displayName: string | null }
       | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type HistoryNewsSubscriptionVariables = Exact<{
  collection?: CollectionRef | null | undefined;
  registry?: RegistryRef | null | undefined;
}>;


export type HistoryNewsSubscription = { actionEvents: { cursor: string } };

export type HistoryEventCountQueryVariables = Exact<{
  filter: ServerEventFilter;
}>;


export type HistoryEventCountQuery = { actionEvents: { totalCount: number } };

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

export type LineageDetailsQueryVariables = Exact<{
  id: string | number;
}>;


export type LineageDetailsQuery = { node:
    | { __typename: 'ActionEvent' }
    | { __typename: 'ApiKey' }
    | { __typename: 'Artifact', id: string, name: string, type: string, version: string | null, description: string | null, metadata: unknown, size: number | string, fileCount: number, digest: string, tags: Array<string>, createdAt: string, deletedAt: string | null, deletedBy: { name: string, displayName: string | null } | null, createdBy: { name: string, displayName: string | null }, collection: { path: string, name: string, project: { path: string } | null }, inputs: { totalCount: number, nodes: Array<{ id: string, displayName: string, state: RunState, jobType: string | null, deletedAt: string | null }> }, outputs: { totalCount: number, edges: Array<{ requestedAs: string | null, requestedAsInferred: boolean, via: { path: string } | null, node: { id: string, displayName: string, state: RunState, jobType: string | null, deletedAt: string | null } }> }, memberships: { totalCount: number, nodes: Array<{ id: string, version: string, aliases: Array<{ name: string }>, collection: { path: string, kind: CollectionKind } }> } }
    | { __typename: 'Collection' }
    | { __typename: 'Membership' }
    | { __typename: 'Organization' }
    | { __typename: 'Project' }
    | { __typename: 'Registry' }
    | { __typename: 'Run', id: string, path: string, displayName: string, state: RunState, jobType: string | null, group: string | null, notes: string | null, tags: Array<string>, config: unknown, summary: unknown, createdAt: string, startedAt: string | null, finishedAt: string | null, deletedAt: string | null, deletedBy: { name: string, displayName: string | null } | null, createdBy: { name: string, displayName: string | null }, project: { path: string }, inputs: { totalCount: number, edges: Array<{ requestedAs: string | null, requestedAsInferred: boolean, via: { path: string } | null, node: { id: string, name: string, type: string, deletedAt: string | null } }> }, outputs: { totalCount: number, nodes: Array<{ id: string, name: string, type: string, deletedAt: string | null }> } }
    | { __typename: 'Team' }
    | { __typename: 'User' }
    | { __typename: 'Webhook' }
    | { __typename: 'WebhookDelivery' }
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

export type LineageExportQueryVariables = Exact<{
  id: string | number;
  depth: number;
  first: number;
  format: LineageFormat;
}>;


export type LineageExportQuery = { node:
    | { lineage: { export: string } }
    | { lineage: { export: string } }
    | Record<PropertyKey, never>
   | null };

export type LineageNeighboursQueryVariables = Exact<{
  ids: Array<string | number> | string | number;
}>;


export type LineageNeighboursQuery = { nodes: Array<
    | { id: string, inputs: { nodes: Array<{ id: string }> }, outputs: { edges: Array<{ requestedAs: string | null, requestedAsInferred: boolean, node: { id: string } }> } }
    | { id: string, inputs: { edges: Array<{ requestedAs: string | null, requestedAsInferred: boolean, node: { id: string } }> }, outputs: { nodes: Array<{ id: string }> } }
    | Record<PropertyKey, never>
   | null> };

export type CollectionHeaderQueryVariables = Exact<{
  ref: CollectionRef;
  version: string;
}>;


export type CollectionHeaderQuery = { collection: { description: string | null, tags: Array<string>, id: string, name: string, path: string, kind: CollectionKind, type: string, project: { path: string } | null, registry: { id: string, name: string, protectedAliases: Array<string>, organization: { name: string } } | null, aliases: Array<{ name: string, membership: { version: string } }>, versions: { totalCount: number }, shown: { id: string, version: string, createdAt: string, createdBy: { name: string, displayName: string | null }, aliases: Array<{ name: string }>, artifact: { id: string, name: string, type: string, size: number | string, fileCount: number, tags: Array<string>, aliases: Array<{ name: string, collection: { path: string } }> } } | null } | null };

export type VersionRowFragment = { id: string, version: string, createdAt: string, createdBy: { name: string, displayName: string | null }, aliases: Array<{ name: string }>, artifact: { id: string, name: string, type: string, size: number | string, fileCount: number, tags: Array<string>, aliases: Array<{ name: string, collection: { path: string } }> } };

export type CollectionVersionsQueryVariables = Exact<{
  ref: CollectionRef;
  first: number;
  after?: string | null | undefined;
  filter?: MembershipFilter | null | undefined;
  direction: OrderDirection;
}>;


export type CollectionVersionsQuery = { collection: { id: string, versions: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ id: string, version: string, createdAt: string, artifact: { id: string, name: string, type: string, size: number | string, fileCount: number, tags: Array<string>, inputs: { totalCount: number, nodes: Array<{ id: string, path: string, displayName: string, state: RunState, jobType: string | null, createdAt: string, deletedAt: string | null }> }, aliases: Array<{ name: string, collection: { path: string } }> }, createdBy: { name: string, displayName: string | null }, aliases: Array<{ name: string }> }> } } | null };

export type VersionChoicesQueryVariables = Exact<{
  ref: CollectionRef;
  first: number;
  after?: string | null | undefined;
  wanted: string;
  search: boolean;
}>;


export type VersionChoicesQuery = { collection: { id: string, exact?: { id: string, version: string, createdAt: string, aliases: Array<{ name: string }> } | null, versions: { pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ id: string, version: string, createdAt: string, aliases: Array<{ name: string }> }> } } | null };

export type VersionChoiceFragment = { id: string, version: string, createdAt: string, aliases: Array<{ name: string }> };

export type CollectionAsOfQueryVariables = Exact<{
  ref: CollectionRef;
  time: string;
  after: string;
}>;


export type CollectionAsOfQuery = { collection: { id: string, createdAt: string, at: { name: string, description: string | null, tags: Array<string>, aliases: Array<{ name: string, version: string, since: string, reason: string | null, actor: { name: string, displayName: string | null } }>, versions: Array<{ id: string, version: string, createdAt: string, artifact: { id: string, name: string, type: string, version: string | null, size: number | string, createdAt: string, deletedAt: string | null } }> } | null, total: { totalCount: number }, earlier: { nodes: Array<{ id: string, createdAt: string }> }, later: { nodes: Array<{ id: string, createdAt: string }> } } | null };

export type CollectionChangedAtQueryVariables = Exact<{
  ref: CollectionRef;
}>;


export type CollectionChangedAtQuery = { collection: { id: string, actionHistory: { nodes: Array<{ id: string, createdAt: string }> } } | null };

export type RecallQueryVariables = Exact<{
  id: string | number;
  from?: string | null | undefined;
  until?: string | null | undefined;
}>;


export type RecallQuery = { impact: { runs: number, artifacts: number, truncated: boolean, counts: Array<{ kind: string, type: string | null, count: number }>, aliases: Array<{ name: string, path: string, version: string, from: string, until: string | null, reason: string | null, actor: { name: string, displayName: string | null }, endedBy: { name: string, displayName: string | null } | null, collection: { id: string, name: string, path: string, kind: CollectionKind, type: string } }>, requested: Array<{ requestedAs: string | null, count: number }>, uses: Array<{ createdAt: string, run: { id: string, path: string, displayName: string, state: RunState, jobType: string | null, createdAt: string, deletedAt: string | null, createdBy: { name: string, displayName: string | null } }, artifact: { id: string, name: string, type: string, version: string | null, size: number | string, createdAt: string, deletedAt: string | null } }> } };

export type RecallReportQueryVariables = Exact<{
  id: string | number;
  from?: string | null | undefined;
  until?: string | null | undefined;
}>;


export type RecallReportQuery = { impact: { report: string } };

export type ProvenanceDocumentQueryVariables = Exact<{
  id: string | number;
}>;


export type ProvenanceDocumentQuery = { artifact: { id: string, provenance: { markdown: string } } | null };

export type CompareOriginsQueryVariables = Exact<{
  id: string | number;
  to: ArtifactRef;
}>;


export type CompareOriginsQuery = { artifact: { id: string, lineageDiff: { truncated: boolean, common: number, to: { id: string, name: string, type: string, version: string | null, size: number | string, createdAt: string, deletedAt: string | null }, added: Array<
        | { __typename: 'Artifact', id: string, name: string, type: string, version: string | null, size: number | string, createdAt: string, deletedAt: string | null }
        | { __typename: 'Run', id: string, path: string, displayName: string, state: RunState, jobType: string | null, createdAt: string, deletedAt: string | null }
      >, removed: Array<
        | { __typename: 'Artifact', id: string, name: string, type: string, version: string | null, size: number | string, createdAt: string, deletedAt: string | null }
        | { __typename: 'Run', id: string, path: string, displayName: string, state: RunState, jobType: string | null, createdAt: string, deletedAt: string | null }
      >, changed: Array<{ before:
          | { __typename: 'Artifact', id: string, name: string, type: string, version: string | null, size: number | string, createdAt: string, deletedAt: string | null }
          | { __typename: 'Run', id: string, path: string, displayName: string, state: RunState, jobType: string | null, createdAt: string, deletedAt: string | null }
        , after:
          | { __typename: 'Artifact', id: string, name: string, type: string, version: string | null, size: number | string, createdAt: string, deletedAt: string | null }
          | { __typename: 'Run', id: string, path: string, displayName: string, state: RunState, jobType: string | null, createdAt: string, deletedAt: string | null }
        , config: Array<{ key: string, before: unknown, after: unknown }>, code: Array<{ key: string, before: unknown, after: unknown }>, metadata: Array<{ key: string, before: unknown, after: unknown }>, summary: Array<{ key: string, before: unknown, after: unknown }> }>, nodes: Array<{ side: LineageSide, node:
          | { __typename: 'Artifact', id: string, type: string, version: string | null, name: string, createdAt: string, deletedAt: string | null, aliases: Array<{ name: string }> }
          | { __typename: 'Run', id: string, displayName: string, path: string, state: RunState, jobType: string | null, name: string, createdAt: string, deletedAt: string | null }
         }>, edges: Array<{ side: LineageSide, requestedAs: string | null, requestedAsInferred: boolean, source:
          | { id: string }
          | { id: string }
        , target:
          | { id: string }
          | { id: string }
         }> } } | null };

type ComparedNode_Artifact_Fragment = { __typename: 'Artifact', id: string, name: string, type: string, version: string | null, size: number | string, createdAt: string, deletedAt: string | null };

type ComparedNode_Run_Fragment = { __typename: 'Run', id: string, path: string, displayName: string, state: RunState, jobType: string | null, createdAt: string, deletedAt: string | null };

export type ComparedNodeFragment =
  | ComparedNode_Artifact_Fragment
  | ComparedNode_Run_Fragment
;

export type ChangedFragment = { key: string, before: unknown, after: unknown };

export type VersionOverviewQueryVariables = Exact<{
  ref: CollectionRef;
  version: string;
}>;


export type VersionOverviewQuery = { collection: { id: string, version: { id: string, version: string, createdAt: string, createdBy: { name: string, displayName: string | null }, aliases: Array<{ name: string }>, artifact: { id: string, name: string, type: string, digest: string, size: number | string, fileCount: number, description: string | null, tags: Array<string>, metadata: unknown, createdAt: string, updatedAt: string, createdBy: { name: string, displayName: string | null }, memberships: { totalCount: number, edges: Array<{ node: { id: string, version: string, createdAt: string, createdBy: { name: string, displayName: string | null }, aliases: Array<{ name: string }>, collection: { id: string, name: string, path: string, kind: CollectionKind, type: string, registry: { protectedAliases: Array<string> } | null } } }> }, inputs: { totalCount: number, edges: Array<{ node: { id: string, path: string, displayName: string, state: RunState, jobType: string | null, createdAt: string, deletedAt: string | null } }> }, outputs: { totalCount: number, edges: Array<{ requestedAs: string | null, requestedAsInferred: boolean, node: { id: string, path: string, displayName: string, state: RunState, jobType: string | null, createdAt: string, deletedAt: string | null } }> } } } | null } | null };

export type MembershipRowFragment = { id: string, version: string, createdAt: string, createdBy: { name: string, displayName: string | null }, aliases: Array<{ name: string }>, collection: { id: string, name: string, path: string, kind: CollectionKind, type: string, registry: { protectedAliases: Array<string> } | null } };

export type VersionMembershipsQueryVariables = Exact<{
  id: string | number;
  first: number;
  after?: string | null | undefined;
}>;


export type VersionMembershipsQuery = { artifact: { id: string, memberships: { pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { id: string, version: string, createdAt: string, createdBy: { name: string, displayName: string | null }, aliases: Array<{ name: string }>, collection: { id: string, name: string, path: string, kind: CollectionKind, type: string, registry: { protectedAliases: Array<string> } | null } } }> } } | null };

export type VersionProducedByQueryVariables = Exact<{
  id: string | number;
  first: number;
  after?: string | null | undefined;
}>;


export type VersionProducedByQuery = { artifact: { id: string, inputs: { pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { id: string, path: string, displayName: string, state: RunState, jobType: string | null, createdAt: string, deletedAt: string | null } }> } } | null };

export type VersionUsedByQueryVariables = Exact<{
  id: string | number;
  first: number;
  after?: string | null | undefined;
}>;


export type VersionUsedByQuery = { artifact: { id: string, outputs: { pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ requestedAs: string | null, requestedAsInferred: boolean, node: { id: string, path: string, displayName: string, state: RunState, jobType: string | null, createdAt: string, deletedAt: string | null } }> } } | null };

export type VersionFilesQueryVariables = Exact<{
  ref: CollectionRef;
  version: string;
  first: number;
  after?: string | null | undefined;
  filter?: FileFilter | null | undefined;
}>;


export type VersionFilesQuery = { collection: { id: string, version: { id: string, artifact: { id: string, files: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ path: string, size: number | string, digest: string, reference: string | null, url: string }> } } } | null } | null };

export type VersionMetadataQueryVariables = Exact<{
  ref: CollectionRef;
  version: string;
}>;


export type VersionMetadataQuery = { collection: { id: string, version: { id: string, artifact: { id: string, metadata: unknown } } | null } | null };

export type GoneVersionQueryVariables = Exact<{
  ref: CollectionRef;
  version: string;
  isVersion: boolean;
}>;


export type GoneVersionQuery = { collection: { id: string, actionHistory?: { nodes: Array<{ id: string, createdAt: string, reason: string | null, actor: { name: string, displayName: string | null }, artifact: { id: string, name: string, type: string, version: string | null, size: number | string, createdAt: string, deletedAt: string | null } | null }> }, alias?: { name: string, history: Array<{ version: string, until: string | null, endedReason: string | null, endedBy: { name: string, displayName: string | null } | null }> } | null } | null };

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

export type CollectionRowFragment = { description: string | null, updatedAt: string, tags: Array<string>, id: string, name: string, path: string, kind: CollectionKind, type: string, aliases: Array<{ name: string, membership: { version: string } }>, versions: { totalCount: number, nodes: Array<{ version: string, createdAt: string }> } };

export type MemberRowFragment = { role: Role, createdAt: string, entity:
    | { __typename: 'Team', name: string, displayName: string | null }
    | { __typename: 'User', name: string, displayName: string | null }
   };

export type ProjectPageQueryVariables = Exact<{
  ref: ProjectRef;
}>;


export type ProjectPageQuery = { project: { id: string, path: string, name: string, description: string | null, visibility: Visibility, createdAt: string, createdBy: { name: string, displayName: string | null }, owner:
      | { __typename: 'Team', name: string, displayName: string | null, members: Array<{ role: Role, createdAt: string, entity:
            | { __typename: 'Team', name: string, displayName: string | null }
            | { __typename: 'User', name: string, displayName: string | null }
           }> }
      | { __typename: 'User', name: string, displayName: string | null }
    , members: Array<{ role: Role, createdAt: string, entity:
        | { __typename: 'Team', name: string, displayName: string | null }
        | { __typename: 'User', name: string, displayName: string | null }
       }>, runs: { totalCount: number }, collections: { totalCount: number } } | null };

export type ProjectRunsQueryVariables = Exact<{
  ref: ProjectRef;
  first: number;
  after?: string | null | undefined;
  filter?: RunFilter | null | undefined;
  orderBy?: RunOrder | null | undefined;
}>;


export type ProjectRunsQuery = { project: { id: string, runs: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ name: string, group: string | null, tags: Array<string>, startedAt: string | null, finishedAt: string | null, heartbeatAt: string | null, id: string, path: string, displayName: string, state: RunState, jobType: string | null, createdAt: string, deletedAt: string | null, createdBy: { name: string, displayName: string | null } }> } } | null };

export type ProjectCollectionsQueryVariables = Exact<{
  id: string | number;
  first: number;
  after?: string | null | undefined;
  filter?: CollectionFilter | null | undefined;
}>;


export type ProjectCollectionsQuery = { project: { id: string, collections: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ description: string | null, updatedAt: string, tags: Array<string>, id: string, name: string, path: string, kind: CollectionKind, type: string, aliases: Array<{ name: string, membership: { version: string } }>, versions: { totalCount: number, nodes: Array<{ version: string, createdAt: string }> } }> } } | null };

export type SavedQuestionsQueryVariables = Exact<{ [key: string]: never; }>;


export type SavedQuestionsQuery = { savedQuestions: Array<{ name: string, description: string, text: string, variables: Array<{ name: string, type: string, default: string | null }> }> };

export type RegistryPageQueryVariables = Exact<{
  ref: RegistryRef;
}>;


export type RegistryPageQuery = { registry: { id: string, name: string, description: string | null, visibility: Visibility, artifactTypes: Array<string> | null, protectedAliases: Array<string>, createdAt: string, createdBy: { name: string, displayName: string | null }, organization: { name: string }, members: Array<{ role: Role, createdAt: string, entity:
        | { __typename: 'Team', name: string, displayName: string | null }
        | { __typename: 'User', name: string, displayName: string | null }
       }>, collections: { totalCount: number } } | null };

export type RegistryCollectionsQueryVariables = Exact<{
  id: string | number;
  first: number;
  after?: string | null | undefined;
  filter?: CollectionFilter | null | undefined;
}>;


export type RegistryCollectionsQuery = { registry: { id: string, collections: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ description: string | null, updatedAt: string, tags: Array<string>, id: string, name: string, path: string, kind: CollectionKind, type: string, aliases: Array<{ name: string, membership: { version: string } }>, versions: { totalCount: number, nodes: Array<{ version: string, createdAt: string }> } }> } } | null };

export type RunPageQueryVariables = Exact<{
  ref: RunRef;
}>;


export type RunPageQuery = { run: { id: string, name: string, path: string, displayName: string, state: RunState, createdAt: string, startedAt: string | null, finishedAt: string | null, heartbeatAt: string | null, deletedAt: string | null, group: string | null, jobType: string | null, tags: Array<string>, notes: string | null, config: unknown, summary: unknown, deletedBy: { name: string, displayName: string | null } | null, createdBy: { name: string, displayName: string | null }, project: { path: string }, inputs: { totalCount: number, edges: Array<{ createdAt: string, requestedAs: string | null, requestedAsInferred: boolean, via: { id: string, name: string, path: string, kind: CollectionKind, type: string } | null, node: { id: string, name: string, type: string, version: string | null, size: number | string, createdAt: string, deletedAt: string | null, aliases: Array<{ name: string }> } }> }, outputs: { totalCount: number, edges: Array<{ createdAt: string, node: { id: string, name: string, type: string, version: string | null, size: number | string, createdAt: string, deletedAt: string | null, aliases: Array<{ name: string }> } }> } } | null };

export type RunInputFragment = { createdAt: string, requestedAs: string | null, requestedAsInferred: boolean, via: { id: string, name: string, path: string, kind: CollectionKind, type: string } | null, node: { id: string, name: string, type: string, version: string | null, size: number | string, createdAt: string, deletedAt: string | null, aliases: Array<{ name: string }> } };

export type RunOutputFragment = { createdAt: string, node: { id: string, name: string, type: string, version: string | null, size: number | string, createdAt: string, deletedAt: string | null, aliases: Array<{ name: string }> } };

export type RunArtifactFragment = { id: string, name: string, type: string, version: string | null, size: number | string, createdAt: string, deletedAt: string | null, aliases: Array<{ name: string }> };

export type RunInputsQueryVariables = Exact<{
  id: string | number;
  first: number;
  after?: string | null | undefined;
}>;


export type RunInputsQuery = { run: { id: string, inputs: { pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ createdAt: string, requestedAs: string | null, requestedAsInferred: boolean, via: { id: string, name: string, path: string, kind: CollectionKind, type: string } | null, node: { id: string, name: string, type: string, version: string | null, size: number | string, createdAt: string, deletedAt: string | null, aliases: Array<{ name: string }> } }> } } | null };

export type RunOutputsQueryVariables = Exact<{
  id: string | number;
  first: number;
  after?: string | null | undefined;
}>;


export type RunOutputsQuery = { run: { id: string, outputs: { pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ createdAt: string, node: { id: string, name: string, type: string, version: string | null, size: number | string, createdAt: string, deletedAt: string | null, aliases: Array<{ name: string }> } }> } } | null };

export type SearchQueryVariables = Exact<{
  text: string;
  kinds?: Array<SearchKind> | SearchKind | null | undefined;
  first: number;
  after?: string | null | undefined;
}>;


export type SearchQuery = { search: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ name: string, object:
        | { __typename: 'ActionEvent', id: string }
        | { __typename: 'ApiKey', id: string }
        | { __typename: 'Artifact', type: string, id: string, fullName: string, text: string | null }
        | { __typename: 'Collection', kind: CollectionKind, type: string, id: string, collectionPath: string, text: string | null }
        | { __typename: 'Membership', id: string }
        | { __typename: 'Organization', id: string }
        | { __typename: 'Project', id: string, projectPath: string, text: string | null }
        | { __typename: 'Registry', id: string, text: string | null, organization: { name: string } }
        | { __typename: 'Run', displayName: string, state: RunState, jobType: string | null, id: string, runPath: string }
        | { __typename: 'Team', id: string }
        | { __typename: 'User', id: string }
        | { __typename: 'Webhook', id: string }
        | { __typename: 'WebhookDelivery', id: string }
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
export const RefusalFragmentDoc = new TypedDocumentString(`
    fragment Refusal on MutationError {
  code
  message
  field
}
    `, {"fragmentName":"Refusal"}) as unknown as TypedDocumentString<RefusalFragment, unknown>;
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
    `, {"fragmentName":"HistoryEvent"}) as unknown as TypedDocumentString<HistoryEventFragment, unknown>;
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
export const PersonFragmentDoc = new TypedDocumentString(`
    fragment Person on User {
  name
  displayName
}
    `, {"fragmentName":"Person"}) as unknown as TypedDocumentString<PersonFragment, unknown>;
export const VersionRowFragmentDoc = new TypedDocumentString(`
    fragment VersionRow on Membership {
  id
  version
  createdAt
  createdBy {
    ...Person
  }
  aliases {
    name
  }
  artifact {
    id
    name
    type
    size
    fileCount
    tags
    aliases {
      name
      collection {
        path
      }
    }
  }
}
    fragment Person on User {
  name
  displayName
}`, {"fragmentName":"VersionRow"}) as unknown as TypedDocumentString<VersionRowFragment, unknown>;
export const VersionChoiceFragmentDoc = new TypedDocumentString(`
    fragment VersionChoice on Membership {
  id
  version
  createdAt
  aliases {
    name
  }
}
    `, {"fragmentName":"VersionChoice"}) as unknown as TypedDocumentString<VersionChoiceFragment, unknown>;
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
export const ComparedNodeFragmentDoc = new TypedDocumentString(`
    fragment ComparedNode on LineageNode {
  __typename
  ... on Artifact {
    ...ArtifactLink
  }
  ... on Run {
    ...RunLink
  }
}
    fragment RunLink on Run {
  id
  path
  displayName
  state
  jobType
  createdAt
  deletedAt
}
fragment ArtifactLink on Artifact {
  id
  name
  type
  version
  size
  createdAt
  deletedAt
}`, {"fragmentName":"ComparedNode"}) as unknown as TypedDocumentString<ComparedNodeFragment, unknown>;
export const ChangedFragmentDoc = new TypedDocumentString(`
    fragment Changed on ValueChange {
  key
  before
  after
}
    `, {"fragmentName":"Changed"}) as unknown as TypedDocumentString<ChangedFragment, unknown>;
export const CollectionPlaceFragmentDoc = new TypedDocumentString(`
    fragment CollectionPlace on Collection {
  id
  name
  path
  kind
  type
}
    `, {"fragmentName":"CollectionPlace"}) as unknown as TypedDocumentString<CollectionPlaceFragment, unknown>;
export const MembershipRowFragmentDoc = new TypedDocumentString(`
    fragment MembershipRow on Membership {
  id
  version
  createdAt
  createdBy {
    ...Person
  }
  aliases {
    name
  }
  collection {
    ...CollectionPlace
    registry {
      protectedAliases
    }
  }
}
    fragment Person on User {
  name
  displayName
}
fragment CollectionPlace on Collection {
  id
  name
  path
  kind
  type
}`, {"fragmentName":"MembershipRow"}) as unknown as TypedDocumentString<MembershipRowFragment, unknown>;
export const CollectionRowFragmentDoc = new TypedDocumentString(`
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
    fragment CollectionPlace on Collection {
  id
  name
  path
  kind
  type
}`, {"fragmentName":"CollectionRow"}) as unknown as TypedDocumentString<CollectionRowFragment, unknown>;
export const MemberRowFragmentDoc = new TypedDocumentString(`
    fragment MemberRow on Member {
  role
  createdAt
  entity {
    __typename
    name
    displayName
  }
}
    `, {"fragmentName":"MemberRow"}) as unknown as TypedDocumentString<MemberRowFragment, unknown>;
export const RunArtifactFragmentDoc = new TypedDocumentString(`
    fragment RunArtifact on Artifact {
  ...ArtifactLink
  aliases {
    name
  }
}
    fragment ArtifactLink on Artifact {
  id
  name
  type
  version
  size
  createdAt
  deletedAt
}`, {"fragmentName":"RunArtifact"}) as unknown as TypedDocumentString<RunArtifactFragment, unknown>;
export const RunInputFragmentDoc = new TypedDocumentString(`
    fragment RunInput on RunInputEdge {
  createdAt
  requestedAs
  requestedAsInferred
  via {
    ...CollectionPlace
  }
  node {
    ...RunArtifact
  }
}
    fragment CollectionPlace on Collection {
  id
  name
  path
  kind
  type
}
fragment ArtifactLink on Artifact {
  id
  name
  type
  version
  size
  createdAt
  deletedAt
}
fragment RunArtifact on Artifact {
  ...ArtifactLink
  aliases {
    name
  }
}`, {"fragmentName":"RunInput"}) as unknown as TypedDocumentString<RunInputFragment, unknown>;
export const RunOutputFragmentDoc = new TypedDocumentString(`
    fragment RunOutput on RunOutputEdge {
  createdAt
  node {
    ...RunArtifact
  }
}
    fragment ArtifactLink on Artifact {
  id
  name
  type
  version
  size
  createdAt
  deletedAt
}
fragment RunArtifact on Artifact {
  ...ArtifactLink
  aliases {
    name
  }
}`, {"fragmentName":"RunOutput"}) as unknown as TypedDocumentString<RunOutputFragment, unknown>;
export const SetAliasDocument = new TypedDocumentString(`
    mutation SetAlias($input: SetAliasInput!) {
  setAlias(input: $input) {
    errors {
      ...Refusal
    }
  }
}
    fragment Refusal on MutationError {
  code
  message
  field
}`) as unknown as TypedDocumentString<SetAliasMutation, SetAliasMutationVariables>;
export const RemoveAliasDocument = new TypedDocumentString(`
    mutation RemoveAlias($input: RemoveAliasInput!) {
  removeAlias(input: $input) {
    errors {
      ...Refusal
    }
  }
}
    fragment Refusal on MutationError {
  code
  message
  field
}`) as unknown as TypedDocumentString<RemoveAliasMutation, RemoveAliasMutationVariables>;
export const AddTagDocument = new TypedDocumentString(`
    mutation AddTag($input: TagInput!) {
  addTag(input: $input) {
    errors {
      ...Refusal
    }
  }
}
    fragment Refusal on MutationError {
  code
  message
  field
}`) as unknown as TypedDocumentString<AddTagMutation, AddTagMutationVariables>;
export const RemoveTagDocument = new TypedDocumentString(`
    mutation RemoveTag($input: TagInput!) {
  removeTag(input: $input) {
    errors {
      ...Refusal
    }
  }
}
    fragment Refusal on MutationError {
  code
  message
  field
}`) as unknown as TypedDocumentString<RemoveTagMutation, RemoveTagMutationVariables>;
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
      ...Refusal
    }
  }
}
    fragment Refusal on MutationError {
  code
  message
  field
}`) as unknown as TypedDocumentString<LinkArtifactMutation, LinkArtifactMutationVariables>;
export const UnlinkArtifactDocument = new TypedDocumentString(`
    mutation UnlinkArtifact($input: UnlinkArtifactInput!) {
  unlinkArtifact(input: $input) {
    errors {
      ...Refusal
    }
  }
}
    fragment Refusal on MutationError {
  code
  message
  field
}`) as unknown as TypedDocumentString<UnlinkArtifactMutation, UnlinkArtifactMutationVariables>;
export const LinkTargetsDocument = new TypedDocumentString(`
    query LinkTargets($type: String!, $text: String) {
  collections(
    first: 20
    filter: {kind: [REGISTRY], type: [$type], nameContains: $text}
  ) {
    nodes {
      path
      registry {
        protectedAliases
      }
    }
  }
  registries(first: 100) {
    nodes {
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
      ...Refusal
    }
  }
}
    fragment Refusal on MutationError {
  code
  message
  field
}`) as unknown as TypedDocumentString<UpdateArtifactMutation, UpdateArtifactMutationVariables>;
export const UpdateCollectionDocument = new TypedDocumentString(`
    mutation UpdateCollection($input: UpdateCollectionInput!) {
  updateCollection(input: $input) {
    collection {
      path
    }
    errors {
      ...Refusal
    }
  }
}
    fragment Refusal on MutationError {
  code
  message
  field
}`) as unknown as TypedDocumentString<UpdateCollectionMutation, UpdateCollectionMutationVariables>;
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
      ...Refusal
    }
  }
}
    fragment Refusal on MutationError {
  code
  message
  field
}`) as unknown as TypedDocumentString<UpdateRegistryMutation, UpdateRegistryMutationVariables>;
export const UpdateProjectDocument = new TypedDocumentString(`
    mutation UpdateProject($input: UpdateProjectInput!) {
  updateProject(input: $input) {
    errors {
      ...Refusal
    }
  }
}
    fragment Refusal on MutationError {
  code
  message
  field
}`) as unknown as TypedDocumentString<UpdateProjectMutation, UpdateProjectMutationVariables>;
export const UpdateRunDocument = new TypedDocumentString(`
    mutation UpdateRun($input: UpdateRunInput!) {
  updateRun(input: $input) {
    errors {
      ...Refusal
    }
  }
}
    fragment Refusal on MutationError {
  code
  message
  field
}`) as unknown as TypedDocumentString<UpdateRunMutation, UpdateRunMutationVariables>;
export const CreateCollectionDocument = new TypedDocumentString(`
    mutation CreateCollection($input: CreateCollectionInput!) {
  createCollection(input: $input) {
    collection {
      path
      kind
    }
    errors {
      ...Refusal
    }
  }
}
    fragment Refusal on MutationError {
  code
  message
  field
}`) as unknown as TypedDocumentString<CreateCollectionMutation, CreateCollectionMutationVariables>;
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
      ...Refusal
    }
  }
}
    fragment Refusal on MutationError {
  code
  message
  field
}`) as unknown as TypedDocumentString<CreateRegistryMutation, CreateRegistryMutationVariables>;
export const DeleteArtifactDocument = new TypedDocumentString(`
    mutation DeleteArtifact($input: DeleteArtifactInput!) {
  deleteArtifact(input: $input) {
    errors {
      ...Refusal
    }
  }
}
    fragment Refusal on MutationError {
  code
  message
  field
}`) as unknown as TypedDocumentString<DeleteArtifactMutation, DeleteArtifactMutationVariables>;
export const DeleteCollectionDocument = new TypedDocumentString(`
    mutation DeleteCollection($input: DeleteCollectionInput!) {
  deleteCollection(input: $input) {
    errors {
      ...Refusal
    }
  }
}
    fragment Refusal on MutationError {
  code
  message
  field
}`) as unknown as TypedDocumentString<DeleteCollectionMutation, DeleteCollectionMutationVariables>;
export const DeleteRunDocument = new TypedDocumentString(`
    mutation DeleteRun($input: DeleteRunInput!) {
  deleteRun(input: $input) {
    errors {
      ...Refusal
    }
  }
}
    fragment Refusal on MutationError {
  code
  message
  field
}`) as unknown as TypedDocumentString<DeleteRunMutation, DeleteRunMutationVariables>;
export const SetMemberDocument = new TypedDocumentString(`
    mutation SetMember($input: SetMemberInput!) {
  setMember(input: $input) {
    errors {
      ...Refusal
    }
  }
}
    fragment Refusal on MutationError {
  code
  message
  field
}`) as unknown as TypedDocumentString<SetMemberMutation, SetMemberMutationVariables>;
export const RemoveMemberDocument = new TypedDocumentString(`
    mutation RemoveMember($input: RemoveMemberInput!) {
  removeMember(input: $input) {
    errors {
      ...Refusal
    }
  }
}
    fragment Refusal on MutationError {
  code
  message
  field
}`) as unknown as TypedDocumentString<RemoveMemberMutation, RemoveMemberMutationVariables>;
export const PeopleDocument = new TypedDocumentString(`
    query People {
  users(first: 100) {
    nodes {
      ...Person
    }
  }
}
    fragment Person on User {
  name
  displayName
}`) as unknown as TypedDocumentString<PeopleQuery, PeopleQueryVariables>;
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
}`) as unknown as TypedDocumentString<HistoryEventsQuery, HistoryEventsQueryVariables>;
export const HistoryNewsDocument = new TypedDocumentString(`
    subscription HistoryNews($collection: CollectionRef, $registry: RegistryRef) {
  actionEvents(collection: $collection, registry: $registry) {
    cursor
  }
}
    `) as unknown as TypedDocumentString<HistoryNewsSubscription, HistoryNewsSubscriptionVariables>;
export const HistoryEventCountDocument = new TypedDocumentString(`
    query HistoryEventCount($filter: ServerEventFilter!) {
  actionEvents(filter: $filter, first: 1) {
    totalCount
  }
}
    `) as unknown as TypedDocumentString<HistoryEventCountQuery, HistoryEventCountQueryVariables>;
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
        ...Person
      }
      createdBy {
        ...Person
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
        ...Person
      }
      createdBy {
        ...Person
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
        totalCount
        nodes {
          id
          version
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
    fragment Person on User {
  name
  displayName
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
export const LineageExportDocument = new TypedDocumentString(`
    query LineageExport($id: ID!, $depth: Int!, $first: Int!, $format: LineageFormat!) {
  node(id: $id) {
    ... on Artifact {
      lineage(depth: $depth, first: $first) {
        export(format: $format)
      }
    }
    ... on Run {
      lineage(depth: $depth, first: $first) {
        export(format: $format)
      }
    }
  }
}
    `) as unknown as TypedDocumentString<LineageExportQuery, LineageExportQueryVariables>;
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
export const CollectionHeaderDocument = new TypedDocumentString(`
    query CollectionHeader($ref: CollectionRef!, $version: String!) {
  collection(ref: $ref) {
    ...CollectionPlace
    description
    tags
    project {
      path
    }
    registry {
      id
      name
      protectedAliases
      organization {
        name
      }
    }
    aliases {
      name
      membership {
        version
      }
    }
    versions(first: 1) {
      totalCount
    }
    shown: version(ref: $version) {
      ...VersionRow
    }
  }
}
    fragment Person on User {
  name
  displayName
}
fragment CollectionPlace on Collection {
  id
  name
  path
  kind
  type
}
fragment VersionRow on Membership {
  id
  version
  createdAt
  createdBy {
    ...Person
  }
  aliases {
    name
  }
  artifact {
    id
    name
    type
    size
    fileCount
    tags
    aliases {
      name
      collection {
        path
      }
    }
  }
}`) as unknown as TypedDocumentString<CollectionHeaderQuery, CollectionHeaderQueryVariables>;
export const CollectionVersionsDocument = new TypedDocumentString(`
    query CollectionVersions($ref: CollectionRef!, $first: Int!, $after: String, $filter: MembershipFilter, $direction: OrderDirection!) {
  collection(ref: $ref) {
    id
    versions(
      first: $first
      after: $after
      filter: $filter
      orderBy: {field: VERSION, direction: $direction}
    ) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        ...VersionRow
        artifact {
          inputs(first: 1) {
            totalCount
            nodes {
              ...RunLink
            }
          }
        }
      }
    }
  }
}
    fragment Person on User {
  name
  displayName
}
fragment RunLink on Run {
  id
  path
  displayName
  state
  jobType
  createdAt
  deletedAt
}
fragment VersionRow on Membership {
  id
  version
  createdAt
  createdBy {
    ...Person
  }
  aliases {
    name
  }
  artifact {
    id
    name
    type
    size
    fileCount
    tags
    aliases {
      name
      collection {
        path
      }
    }
  }
}`) as unknown as TypedDocumentString<CollectionVersionsQuery, CollectionVersionsQueryVariables>;
export const VersionChoicesDocument = new TypedDocumentString(`
    query VersionChoices($ref: CollectionRef!, $first: Int!, $after: String, $wanted: String!, $search: Boolean!) {
  collection(ref: $ref) {
    id
    exact: version(ref: $wanted) @include(if: $search) {
      ...VersionChoice
    }
    versions(first: $first, after: $after) {
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        ...VersionChoice
      }
    }
  }
}
    fragment VersionChoice on Membership {
  id
  version
  createdAt
  aliases {
    name
  }
}`) as unknown as TypedDocumentString<VersionChoicesQuery, VersionChoicesQueryVariables>;
export const CollectionAsOfDocument = new TypedDocumentString(`
    query CollectionAsOf($ref: CollectionRef!, $time: DateTime!, $after: DateTime!) {
  collection(ref: $ref) {
    id
    createdAt
    at(time: $time) {
      name
      description
      tags
      aliases {
        name
        version
        since
        reason
        actor {
          ...Person
        }
      }
      versions(first: 200) {
        id
        version
        createdAt
        artifact {
          ...ArtifactLink
        }
      }
    }
    total: versions(asOf: $time, first: 1) {
      totalCount
    }
    earlier: actionHistory(until: $time, first: 1) {
      nodes {
        id
        createdAt
      }
    }
    later: actionHistory(from: $after, last: 1) {
      nodes {
        id
        createdAt
      }
    }
  }
}
    fragment Person on User {
  name
  displayName
}
fragment ArtifactLink on Artifact {
  id
  name
  type
  version
  size
  createdAt
  deletedAt
}`) as unknown as TypedDocumentString<CollectionAsOfQuery, CollectionAsOfQueryVariables>;
export const CollectionChangedAtDocument = new TypedDocumentString(`
    query CollectionChangedAt($ref: CollectionRef!) {
  collection(ref: $ref) {
    id
    actionHistory(first: 100) {
      nodes {
        id
        createdAt
      }
    }
  }
}
    `) as unknown as TypedDocumentString<CollectionChangedAtQuery, CollectionChangedAtQueryVariables>;
export const RecallDocument = new TypedDocumentString(`
    query Recall($id: ID!, $from: DateTime, $until: DateTime) {
  impact(of: {id: $id}) {
    runs
    artifacts
    truncated
    counts {
      kind
      type
      count
    }
    aliases(first: 200, from: $from, until: $until) {
      name
      path
      version
      from
      until
      reason
      actor {
        ...Person
      }
      endedBy {
        ...Person
      }
      collection {
        ...CollectionPlace
      }
    }
    requested {
      requestedAs
      count
    }
    uses(first: 50, requestedAs: "latest") {
      createdAt
      run {
        ...RunLink
        createdBy {
          ...Person
        }
      }
      artifact {
        ...ArtifactLink
      }
    }
  }
}
    fragment Person on User {
  name
  displayName
}
fragment CollectionPlace on Collection {
  id
  name
  path
  kind
  type
}
fragment RunLink on Run {
  id
  path
  displayName
  state
  jobType
  createdAt
  deletedAt
}
fragment ArtifactLink on Artifact {
  id
  name
  type
  version
  size
  createdAt
  deletedAt
}`) as unknown as TypedDocumentString<RecallQuery, RecallQueryVariables>;
export const RecallReportDocument = new TypedDocumentString(`
    query RecallReport($id: ID!, $from: DateTime, $until: DateTime) {
  impact(of: {id: $id}) {
    report(from: $from, until: $until)
  }
}
    `) as unknown as TypedDocumentString<RecallReportQuery, RecallReportQueryVariables>;
export const ProvenanceDocumentDocument = new TypedDocumentString(`
    query ProvenanceDocument($id: ID!) {
  artifact(ref: {id: $id}) {
    id
    provenance {
      markdown
    }
  }
}
    `) as unknown as TypedDocumentString<ProvenanceDocumentQuery, ProvenanceDocumentQueryVariables>;
export const CompareOriginsDocument = new TypedDocumentString(`
    query CompareOrigins($id: ID!, $to: ArtifactRef!) {
  artifact(ref: {id: $id}) {
    id
    lineageDiff(to: $to, most: 500) {
      truncated
      common
      to {
        ...ArtifactLink
      }
      added {
        ...ComparedNode
      }
      removed {
        ...ComparedNode
      }
      changed {
        before {
          ...ComparedNode
        }
        after {
          ...ComparedNode
        }
        config {
          ...Changed
        }
        code {
          ...Changed
        }
        metadata {
          ...Changed
        }
        summary {
          ...Changed
        }
      }
      nodes {
        side
        node {
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
      }
      edges {
        side
        requestedAs
        requestedAsInferred
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
      }
    }
  }
}
    fragment RunLink on Run {
  id
  path
  displayName
  state
  jobType
  createdAt
  deletedAt
}
fragment ArtifactLink on Artifact {
  id
  name
  type
  version
  size
  createdAt
  deletedAt
}
fragment ComparedNode on LineageNode {
  __typename
  ... on Artifact {
    ...ArtifactLink
  }
  ... on Run {
    ...RunLink
  }
}
fragment Changed on ValueChange {
  key
  before
  after
}`) as unknown as TypedDocumentString<CompareOriginsQuery, CompareOriginsQueryVariables>;
export const VersionOverviewDocument = new TypedDocumentString(`
    query VersionOverview($ref: CollectionRef!, $version: String!) {
  collection(ref: $ref) {
    id
    version(ref: $version) {
      id
      version
      createdAt
      createdBy {
        ...Person
      }
      aliases {
        name
      }
      artifact {
        id
        name
        type
        digest
        size
        fileCount
        description
        tags
        metadata
        createdAt
        updatedAt
        createdBy {
          ...Person
        }
        memberships(first: 25) {
          totalCount
          edges {
            node {
              ...MembershipRow
            }
          }
        }
        inputs(first: 25) {
          totalCount
          edges {
            node {
              ...RunLink
            }
          }
        }
        outputs(first: 25) {
          totalCount
          edges {
            requestedAs
            requestedAsInferred
            node {
              ...RunLink
            }
          }
        }
      }
    }
  }
}
    fragment Person on User {
  name
  displayName
}
fragment CollectionPlace on Collection {
  id
  name
  path
  kind
  type
}
fragment RunLink on Run {
  id
  path
  displayName
  state
  jobType
  createdAt
  deletedAt
}
fragment MembershipRow on Membership {
  id
  version
  createdAt
  createdBy {
    ...Person
  }
  aliases {
    name
  }
  collection {
    ...CollectionPlace
    registry {
      protectedAliases
    }
  }
}`) as unknown as TypedDocumentString<VersionOverviewQuery, VersionOverviewQueryVariables>;
export const VersionMembershipsDocument = new TypedDocumentString(`
    query VersionMemberships($id: ID!, $first: Int!, $after: String) {
  artifact(ref: {id: $id}) {
    id
    memberships(first: $first, after: $after) {
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        node {
          ...MembershipRow
        }
      }
    }
  }
}
    fragment Person on User {
  name
  displayName
}
fragment CollectionPlace on Collection {
  id
  name
  path
  kind
  type
}
fragment MembershipRow on Membership {
  id
  version
  createdAt
  createdBy {
    ...Person
  }
  aliases {
    name
  }
  collection {
    ...CollectionPlace
    registry {
      protectedAliases
    }
  }
}`) as unknown as TypedDocumentString<VersionMembershipsQuery, VersionMembershipsQueryVariables>;
export const VersionProducedByDocument = new TypedDocumentString(`
    query VersionProducedBy($id: ID!, $first: Int!, $after: String) {
  artifact(ref: {id: $id}) {
    id
    inputs(first: $first, after: $after) {
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        node {
          ...RunLink
        }
      }
    }
  }
}
    fragment RunLink on Run {
  id
  path
  displayName
  state
  jobType
  createdAt
  deletedAt
}`) as unknown as TypedDocumentString<VersionProducedByQuery, VersionProducedByQueryVariables>;
export const VersionUsedByDocument = new TypedDocumentString(`
    query VersionUsedBy($id: ID!, $first: Int!, $after: String) {
  artifact(ref: {id: $id}) {
    id
    outputs(first: $first, after: $after) {
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        requestedAs
        requestedAsInferred
        node {
          ...RunLink
        }
      }
    }
  }
}
    fragment RunLink on Run {
  id
  path
  displayName
  state
  jobType
  createdAt
  deletedAt
}`) as unknown as TypedDocumentString<VersionUsedByQuery, VersionUsedByQueryVariables>;
export const VersionFilesDocument = new TypedDocumentString(`
    query VersionFiles($ref: CollectionRef!, $version: String!, $first: Int!, $after: String, $filter: FileFilter) {
  collection(ref: $ref) {
    id
    version(ref: $version) {
      id
      artifact {
        id
        files(first: $first, after: $after, filter: $filter) {
          totalCount
          pageInfo {
            hasNextPage
            endCursor
          }
          nodes {
            path
            size
            digest
            reference
            url
          }
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<VersionFilesQuery, VersionFilesQueryVariables>;
export const VersionMetadataDocument = new TypedDocumentString(`
    query VersionMetadata($ref: CollectionRef!, $version: String!) {
  collection(ref: $ref) {
    id
    version(ref: $version) {
      id
      artifact {
        id
        metadata
      }
    }
  }
}
    `) as unknown as TypedDocumentString<VersionMetadataQuery, VersionMetadataQueryVariables>;
export const GoneVersionDocument = new TypedDocumentString(`
    query GoneVersion($ref: CollectionRef!, $version: String!, $isVersion: Boolean!) {
  collection(ref: $ref) {
    id
    actionHistory(version: $version, kinds: [VERSION_REMOVED], first: 1) @include(if: $isVersion) {
      nodes {
        id
        createdAt
        reason
        actor {
          ...Person
        }
        artifact {
          ...ArtifactLink
        }
      }
    }
    alias(name: $version) @skip(if: $isVersion) {
      name
      history(first: 1) {
        version
        until
        endedBy {
          ...Person
        }
        endedReason
      }
    }
  }
}
    fragment Person on User {
  name
  displayName
}
fragment ArtifactLink on Artifact {
  id
  name
  type
  version
  size
  createdAt
  deletedAt
}`) as unknown as TypedDocumentString<GoneVersionQuery, GoneVersionQueryVariables>;
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
export const ProjectPageDocument = new TypedDocumentString(`
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
    fragment Person on User {
  name
  displayName
}
fragment MemberRow on Member {
  role
  createdAt
  entity {
    __typename
    name
    displayName
  }
}`) as unknown as TypedDocumentString<ProjectPageQuery, ProjectPageQueryVariables>;
export const ProjectRunsDocument = new TypedDocumentString(`
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
    fragment Person on User {
  name
  displayName
}
fragment RunLink on Run {
  id
  path
  displayName
  state
  jobType
  createdAt
  deletedAt
}`) as unknown as TypedDocumentString<ProjectRunsQuery, ProjectRunsQueryVariables>;
export const ProjectCollectionsDocument = new TypedDocumentString(`
    query ProjectCollections($id: ID!, $first: Int!, $after: String, $filter: CollectionFilter) {
  project(ref: {id: $id}) {
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
    fragment CollectionPlace on Collection {
  id
  name
  path
  kind
  type
}
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
}`) as unknown as TypedDocumentString<ProjectCollectionsQuery, ProjectCollectionsQueryVariables>;
export const SavedQuestionsDocument = new TypedDocumentString(`
    query SavedQuestions {
  savedQuestions {
    name
    description
    text
    variables {
      name
      type
      default
    }
  }
}
    `) as unknown as TypedDocumentString<SavedQuestionsQuery, SavedQuestionsQueryVariables>;
export const RegistryPageDocument = new TypedDocumentString(`
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
    fragment Person on User {
  name
  displayName
}
fragment MemberRow on Member {
  role
  createdAt
  entity {
    __typename
    name
    displayName
  }
}`) as unknown as TypedDocumentString<RegistryPageQuery, RegistryPageQueryVariables>;
export const RegistryCollectionsDocument = new TypedDocumentString(`
    query RegistryCollections($id: ID!, $first: Int!, $after: String, $filter: CollectionFilter) {
  registry(ref: {id: $id}) {
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
    fragment CollectionPlace on Collection {
  id
  name
  path
  kind
  type
}
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
}`) as unknown as TypedDocumentString<RegistryCollectionsQuery, RegistryCollectionsQueryVariables>;
export const RunPageDocument = new TypedDocumentString(`
    query RunPage($ref: RunRef!) {
  run(ref: $ref) {
    id
    name
    path
    displayName
    state
    createdAt
    startedAt
    finishedAt
    heartbeatAt
    deletedAt
    deletedBy {
      ...Person
    }
    createdBy {
      ...Person
    }
    group
    jobType
    tags
    notes
    config
    summary
    project {
      path
    }
    inputs(first: 25) {
      totalCount
      edges {
        ...RunInput
      }
    }
    outputs(first: 25) {
      totalCount
      edges {
        ...RunOutput
      }
    }
  }
}
    fragment Person on User {
  name
  displayName
}
fragment CollectionPlace on Collection {
  id
  name
  path
  kind
  type
}
fragment ArtifactLink on Artifact {
  id
  name
  type
  version
  size
  createdAt
  deletedAt
}
fragment RunInput on RunInputEdge {
  createdAt
  requestedAs
  requestedAsInferred
  via {
    ...CollectionPlace
  }
  node {
    ...RunArtifact
  }
}
fragment RunOutput on RunOutputEdge {
  createdAt
  node {
    ...RunArtifact
  }
}
fragment RunArtifact on Artifact {
  ...ArtifactLink
  aliases {
    name
  }
}`) as unknown as TypedDocumentString<RunPageQuery, RunPageQueryVariables>;
export const RunInputsDocument = new TypedDocumentString(`
    query RunInputs($id: ID!, $first: Int!, $after: String) {
  run(ref: {id: $id}) {
    id
    inputs(first: $first, after: $after) {
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        ...RunInput
      }
    }
  }
}
    fragment CollectionPlace on Collection {
  id
  name
  path
  kind
  type
}
fragment ArtifactLink on Artifact {
  id
  name
  type
  version
  size
  createdAt
  deletedAt
}
fragment RunInput on RunInputEdge {
  createdAt
  requestedAs
  requestedAsInferred
  via {
    ...CollectionPlace
  }
  node {
    ...RunArtifact
  }
}
fragment RunArtifact on Artifact {
  ...ArtifactLink
  aliases {
    name
  }
}`) as unknown as TypedDocumentString<RunInputsQuery, RunInputsQueryVariables>;
export const RunOutputsDocument = new TypedDocumentString(`
    query RunOutputs($id: ID!, $first: Int!, $after: String) {
  run(ref: {id: $id}) {
    id
    outputs(first: $first, after: $after) {
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        ...RunOutput
      }
    }
  }
}
    fragment ArtifactLink on Artifact {
  id
  name
  type
  version
  size
  createdAt
  deletedAt
}
fragment RunOutput on RunOutputEdge {
  createdAt
  node {
    ...RunArtifact
  }
}
fragment RunArtifact on Artifact {
  ...ArtifactLink
  aliases {
    name
  }
}`) as unknown as TypedDocumentString<RunOutputsQuery, RunOutputsQueryVariables>;
export const SearchDocument = new TypedDocumentString(`
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
    `) as unknown as TypedDocumentString<SearchQuery, SearchQueryVariables>;