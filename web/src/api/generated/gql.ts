/* eslint-disable */
import * as types from './graphql';



/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "\n  mutation SetAlias($input: SetAliasInput!) {\n    setAlias(input: $input) {\n      errors {\n        code\n        message\n        field\n      }\n    }\n  }\n": typeof types.SetAliasDocument,
    "\n  mutation RemoveAlias($input: RemoveAliasInput!) {\n    removeAlias(input: $input) {\n      errors {\n        code\n        message\n        field\n      }\n    }\n  }\n": typeof types.RemoveAliasDocument,
    "\n  mutation AddTag($input: TagInput!) {\n    addTag(input: $input) {\n      errors {\n        code\n        message\n        field\n      }\n    }\n  }\n": typeof types.AddTagDocument,
    "\n  mutation RemoveTag($input: TagInput!) {\n    removeTag(input: $input) {\n      errors {\n        code\n        message\n        field\n      }\n    }\n  }\n": typeof types.RemoveTagDocument,
    "\n  mutation LinkArtifact($input: LinkArtifactInput!) {\n    linkArtifact(input: $input) {\n      membership {\n        name\n        version\n        collection {\n          path\n        }\n      }\n      errors {\n        code\n        message\n        field\n      }\n    }\n  }\n": typeof types.LinkArtifactDocument,
    "\n  mutation UnlinkArtifact($input: UnlinkArtifactInput!) {\n    unlinkArtifact(input: $input) {\n      errors {\n        code\n        message\n        field\n      }\n    }\n  }\n": typeof types.UnlinkArtifactDocument,
    "\n  query LinkTargets($type: String!, $text: String) {\n    collections(first: 20, filter: { kind: [REGISTRY], type: [$type], nameContains: $text }) {\n      nodes {\n        id\n        path\n        aliases {\n          name\n        }\n        registry {\n          protectedAliases\n        }\n      }\n    }\n    registries(first: 100) {\n      nodes {\n        id\n        name\n        artifactTypes\n        protectedAliases\n        organization {\n          name\n        }\n      }\n    }\n  }\n": typeof types.LinkTargetsDocument,
    "\n  mutation UpdateArtifact($input: UpdateArtifactInput!) {\n    updateArtifact(input: $input) {\n      errors {\n        code\n        message\n        field\n      }\n    }\n  }\n": typeof types.UpdateArtifactDocument,
    "\n  mutation UpdateCollection($input: UpdateCollectionInput!) {\n    updateCollection(input: $input) {\n      collection {\n        path\n      }\n      errors {\n        code\n        message\n        field\n      }\n    }\n  }\n": typeof types.UpdateCollectionDocument,
    "\n  mutation UpdateRegistry($input: UpdateRegistryInput!) {\n    updateRegistry(input: $input) {\n      registry {\n        name\n        organization {\n          name\n        }\n      }\n      errors {\n        code\n        message\n        field\n      }\n    }\n  }\n": typeof types.UpdateRegistryDocument,
    "\n  mutation UpdateProject($input: UpdateProjectInput!) {\n    updateProject(input: $input) {\n      errors {\n        code\n        message\n        field\n      }\n    }\n  }\n": typeof types.UpdateProjectDocument,
    "\n  mutation UpdateRun($input: UpdateRunInput!) {\n    updateRun(input: $input) {\n      errors {\n        code\n        message\n        field\n      }\n    }\n  }\n": typeof types.UpdateRunDocument,
    "\n  mutation CreateCollection($input: CreateCollectionInput!) {\n    createCollection(input: $input) {\n      collection {\n        path\n        kind\n      }\n      errors {\n        code\n        message\n        field\n      }\n    }\n  }\n": typeof types.CreateCollectionDocument,
    "\n  mutation CreateRegistry($input: CreateRegistryInput!) {\n    createRegistry(input: $input) {\n      registry {\n        name\n        organization {\n          name\n        }\n      }\n      errors {\n        code\n        message\n        field\n      }\n    }\n  }\n": typeof types.CreateRegistryDocument,
    "\n  mutation DeleteArtifact($input: DeleteArtifactInput!) {\n    deleteArtifact(input: $input) {\n      errors {\n        code\n        message\n        field\n      }\n    }\n  }\n": typeof types.DeleteArtifactDocument,
    "\n  mutation DeleteCollection($input: DeleteCollectionInput!) {\n    deleteCollection(input: $input) {\n      errors {\n        code\n        message\n        field\n      }\n    }\n  }\n": typeof types.DeleteCollectionDocument,
    "\n  mutation DeleteRun($input: DeleteRunInput!) {\n    deleteRun(input: $input) {\n      errors {\n        code\n        message\n        field\n      }\n    }\n  }\n": typeof types.DeleteRunDocument,
    "\n  fragment Person on User {\n    name\n    displayName\n  }\n": typeof types.PersonFragmentDoc,
    "\n  fragment CollectionPlace on Collection {\n    id\n    name\n    path\n    kind\n    type\n  }\n": typeof types.CollectionPlaceFragmentDoc,
    "\n  fragment RunLink on Run {\n    id\n    path\n    displayName\n    state\n    jobType\n    createdAt\n    deletedAt\n  }\n": typeof types.RunLinkFragmentDoc,
    "\n  fragment ArtifactLink on Artifact {\n    id\n    name\n    type\n    version\n    size\n    createdAt\n    deletedAt\n  }\n": typeof types.ArtifactLinkFragmentDoc,
    "\n  fragment HistoryEvent on ActionEvent {\n    id\n    kind\n    createdAt\n    actor {\n      name\n      displayName\n    }\n    collection {\n      id\n      name\n      path\n      kind\n      type\n    }\n    artifact {\n      id\n      name\n    }\n    version\n    previous {\n      id\n      name\n    }\n    previousVersion\n    alias\n    tag\n    run {\n      id\n      path\n      displayName\n    }\n    registry {\n      name\n      organization {\n        name\n      }\n    }\n    project {\n      path\n    }\n    subject {\n      __typename\n      name\n      displayName\n    }\n    role\n    detail\n    reason\n    hash\n  }\n": typeof types.HistoryEventFragmentDoc,
    "\n  query HistoryEvents($filter: ServerEventFilter!, $first: Int!, $after: String) {\n    actionEvents(filter: $filter, first: $first, after: $after) {\n      nodes {\n        ...HistoryEvent\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n": typeof types.HistoryEventsDocument,
    "\n  query HistoryEventCount($filter: ServerEventFilter!) {\n    actionEvents(filter: $filter, first: 1) {\n      totalCount\n    }\n  }\n": typeof types.HistoryEventCountDocument,
    "\n  query HistoryPeople {\n    users(first: 100) {\n      nodes {\n        name\n        displayName\n      }\n    }\n  }\n": typeof types.HistoryPeopleDocument,
    "\n  query HistoryAliasesSet($filter: ServerEventFilter!, $collection: ID!) {\n    actionEvents(filter: $filter, first: 100) {\n      nodes {\n        alias\n      }\n    }\n    collection(ref: { id: $collection }) {\n      id\n      name\n      path\n      kind\n      aliases {\n        name\n      }\n    }\n  }\n": typeof types.HistoryAliasesSetDocument,
    "\n  query HistoryTimeline($collection: ID!, $alias: String!, $first: Int!) {\n    collection(ref: { id: $collection }) {\n      id\n      alias(name: $alias) {\n        name\n        history(first: $first) {\n          version\n          artifact {\n            name\n          }\n          from\n          until\n          actor {\n            name\n            displayName\n          }\n          reason\n          endedBy {\n            name\n            displayName\n          }\n          endedReason\n        }\n      }\n    }\n  }\n": typeof types.HistoryTimelineDocument,
    "\n  query HistoryAliasAt($collection: ID!, $alias: String!, $time: DateTime!) {\n    collection(ref: { id: $collection }) {\n      id\n      alias(name: $alias) {\n        at(time: $time) {\n          id\n          version\n          artifact {\n            id\n            name\n            deletedAt\n          }\n        }\n      }\n    }\n  }\n": typeof types.HistoryAliasAtDocument,
    "\n  query Registries($first: Int!, $after: String) {\n    registries(first: $first, after: $after) {\n      totalCount\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      nodes {\n        id\n        name\n        description\n        visibility\n        createdAt\n        organization {\n          name\n        }\n        collections(first: 1) {\n          totalCount\n        }\n        actionHistory(first: 1) {\n          nodes {\n            createdAt\n          }\n        }\n      }\n    }\n  }\n": typeof types.RegistriesDocument,
    "\n  query Projects($first: Int!, $after: String) {\n    projects(first: $first, after: $after) {\n      totalCount\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      nodes {\n        id\n        path\n        description\n        visibility\n        createdAt\n        runs(first: 1) {\n          totalCount\n          nodes {\n            createdAt\n            heartbeatAt\n          }\n        }\n        collections(first: 1) {\n          totalCount\n        }\n      }\n    }\n  }\n": typeof types.ProjectsDocument,
    "\n  query Viewer {\n    viewer {\n      name\n    }\n  }\n": typeof types.ViewerDocument,
    "\n  query Search($text: String!, $first: Int!, $after: String) {\n    search(text: $text, first: $first, after: $after) {\n      totalCount\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      nodes {\n        name\n        object {\n          __typename\n          id\n          ... on Run {\n            runPath: path\n            displayName\n            state\n            jobType\n            createdAt\n          }\n          ... on Collection {\n            collectionPath: path\n            kind\n            type\n            text: description\n          }\n          ... on Project {\n            projectPath: path\n            text: description\n          }\n          ... on Registry {\n            organization {\n              name\n            }\n            text: description\n          }\n        }\n      }\n    }\n  }\n": typeof types.SearchDocument,
};
const documents: Documents = {
    "\n  mutation SetAlias($input: SetAliasInput!) {\n    setAlias(input: $input) {\n      errors {\n        code\n        message\n        field\n      }\n    }\n  }\n": types.SetAliasDocument,
    "\n  mutation RemoveAlias($input: RemoveAliasInput!) {\n    removeAlias(input: $input) {\n      errors {\n        code\n        message\n        field\n      }\n    }\n  }\n": types.RemoveAliasDocument,
    "\n  mutation AddTag($input: TagInput!) {\n    addTag(input: $input) {\n      errors {\n        code\n        message\n        field\n      }\n    }\n  }\n": types.AddTagDocument,
    "\n  mutation RemoveTag($input: TagInput!) {\n    removeTag(input: $input) {\n      errors {\n        code\n        message\n        field\n      }\n    }\n  }\n": types.RemoveTagDocument,
    "\n  mutation LinkArtifact($input: LinkArtifactInput!) {\n    linkArtifact(input: $input) {\n      membership {\n        name\n        version\n        collection {\n          path\n        }\n      }\n      errors {\n        code\n        message\n        field\n      }\n    }\n  }\n": types.LinkArtifactDocument,
    "\n  mutation UnlinkArtifact($input: UnlinkArtifactInput!) {\n    unlinkArtifact(input: $input) {\n      errors {\n        code\n        message\n        field\n      }\n    }\n  }\n": types.UnlinkArtifactDocument,
    "\n  query LinkTargets($type: String!, $text: String) {\n    collections(first: 20, filter: { kind: [REGISTRY], type: [$type], nameContains: $text }) {\n      nodes {\n        id\n        path\n        aliases {\n          name\n        }\n        registry {\n          protectedAliases\n        }\n      }\n    }\n    registries(first: 100) {\n      nodes {\n        id\n        name\n        artifactTypes\n        protectedAliases\n        organization {\n          name\n        }\n      }\n    }\n  }\n": types.LinkTargetsDocument,
    "\n  mutation UpdateArtifact($input: UpdateArtifactInput!) {\n    updateArtifact(input: $input) {\n      errors {\n        code\n        message\n        field\n      }\n    }\n  }\n": types.UpdateArtifactDocument,
    "\n  mutation UpdateCollection($input: UpdateCollectionInput!) {\n    updateCollection(input: $input) {\n      collection {\n        path\n      }\n      errors {\n        code\n        message\n        field\n      }\n    }\n  }\n": types.UpdateCollectionDocument,
    "\n  mutation UpdateRegistry($input: UpdateRegistryInput!) {\n    updateRegistry(input: $input) {\n      registry {\n        name\n        organization {\n          name\n        }\n      }\n      errors {\n        code\n        message\n        field\n      }\n    }\n  }\n": types.UpdateRegistryDocument,
    "\n  mutation UpdateProject($input: UpdateProjectInput!) {\n    updateProject(input: $input) {\n      errors {\n        code\n        message\n        field\n      }\n    }\n  }\n": types.UpdateProjectDocument,
    "\n  mutation UpdateRun($input: UpdateRunInput!) {\n    updateRun(input: $input) {\n      errors {\n        code\n        message\n        field\n      }\n    }\n  }\n": types.UpdateRunDocument,
    "\n  mutation CreateCollection($input: CreateCollectionInput!) {\n    createCollection(input: $input) {\n      collection {\n        path\n        kind\n      }\n      errors {\n        code\n        message\n        field\n      }\n    }\n  }\n": types.CreateCollectionDocument,
    "\n  mutation CreateRegistry($input: CreateRegistryInput!) {\n    createRegistry(input: $input) {\n      registry {\n        name\n        organization {\n          name\n        }\n      }\n      errors {\n        code\n        message\n        field\n      }\n    }\n  }\n": types.CreateRegistryDocument,
    "\n  mutation DeleteArtifact($input: DeleteArtifactInput!) {\n    deleteArtifact(input: $input) {\n      errors {\n        code\n        message\n        field\n      }\n    }\n  }\n": types.DeleteArtifactDocument,
    "\n  mutation DeleteCollection($input: DeleteCollectionInput!) {\n    deleteCollection(input: $input) {\n      errors {\n        code\n        message\n        field\n      }\n    }\n  }\n": types.DeleteCollectionDocument,
    "\n  mutation DeleteRun($input: DeleteRunInput!) {\n    deleteRun(input: $input) {\n      errors {\n        code\n        message\n        field\n      }\n    }\n  }\n": types.DeleteRunDocument,
    "\n  fragment Person on User {\n    name\n    displayName\n  }\n": types.PersonFragmentDoc,
    "\n  fragment CollectionPlace on Collection {\n    id\n    name\n    path\n    kind\n    type\n  }\n": types.CollectionPlaceFragmentDoc,
    "\n  fragment RunLink on Run {\n    id\n    path\n    displayName\n    state\n    jobType\n    createdAt\n    deletedAt\n  }\n": types.RunLinkFragmentDoc,
    "\n  fragment ArtifactLink on Artifact {\n    id\n    name\n    type\n    version\n    size\n    createdAt\n    deletedAt\n  }\n": types.ArtifactLinkFragmentDoc,
    "\n  fragment HistoryEvent on ActionEvent {\n    id\n    kind\n    createdAt\n    actor {\n      name\n      displayName\n    }\n    collection {\n      id\n      name\n      path\n      kind\n      type\n    }\n    artifact {\n      id\n      name\n    }\n    version\n    previous {\n      id\n      name\n    }\n    previousVersion\n    alias\n    tag\n    run {\n      id\n      path\n      displayName\n    }\n    registry {\n      name\n      organization {\n        name\n      }\n    }\n    project {\n      path\n    }\n    subject {\n      __typename\n      name\n      displayName\n    }\n    role\n    detail\n    reason\n    hash\n  }\n": types.HistoryEventFragmentDoc,
    "\n  query HistoryEvents($filter: ServerEventFilter!, $first: Int!, $after: String) {\n    actionEvents(filter: $filter, first: $first, after: $after) {\n      nodes {\n        ...HistoryEvent\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n": types.HistoryEventsDocument,
    "\n  query HistoryEventCount($filter: ServerEventFilter!) {\n    actionEvents(filter: $filter, first: 1) {\n      totalCount\n    }\n  }\n": types.HistoryEventCountDocument,
    "\n  query HistoryPeople {\n    users(first: 100) {\n      nodes {\n        name\n        displayName\n      }\n    }\n  }\n": types.HistoryPeopleDocument,
    "\n  query HistoryAliasesSet($filter: ServerEventFilter!, $collection: ID!) {\n    actionEvents(filter: $filter, first: 100) {\n      nodes {\n        alias\n      }\n    }\n    collection(ref: { id: $collection }) {\n      id\n      name\n      path\n      kind\n      aliases {\n        name\n      }\n    }\n  }\n": types.HistoryAliasesSetDocument,
    "\n  query HistoryTimeline($collection: ID!, $alias: String!, $first: Int!) {\n    collection(ref: { id: $collection }) {\n      id\n      alias(name: $alias) {\n        name\n        history(first: $first) {\n          version\n          artifact {\n            name\n          }\n          from\n          until\n          actor {\n            name\n            displayName\n          }\n          reason\n          endedBy {\n            name\n            displayName\n          }\n          endedReason\n        }\n      }\n    }\n  }\n": types.HistoryTimelineDocument,
    "\n  query HistoryAliasAt($collection: ID!, $alias: String!, $time: DateTime!) {\n    collection(ref: { id: $collection }) {\n      id\n      alias(name: $alias) {\n        at(time: $time) {\n          id\n          version\n          artifact {\n            id\n            name\n            deletedAt\n          }\n        }\n      }\n    }\n  }\n": types.HistoryAliasAtDocument,
    "\n  query Registries($first: Int!, $after: String) {\n    registries(first: $first, after: $after) {\n      totalCount\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      nodes {\n        id\n        name\n        description\n        visibility\n        createdAt\n        organization {\n          name\n        }\n        collections(first: 1) {\n          totalCount\n        }\n        actionHistory(first: 1) {\n          nodes {\n            createdAt\n          }\n        }\n      }\n    }\n  }\n": types.RegistriesDocument,
    "\n  query Projects($first: Int!, $after: String) {\n    projects(first: $first, after: $after) {\n      totalCount\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      nodes {\n        id\n        path\n        description\n        visibility\n        createdAt\n        runs(first: 1) {\n          totalCount\n          nodes {\n            createdAt\n            heartbeatAt\n          }\n        }\n        collections(first: 1) {\n          totalCount\n        }\n      }\n    }\n  }\n": types.ProjectsDocument,
    "\n  query Viewer {\n    viewer {\n      name\n    }\n  }\n": types.ViewerDocument,
    "\n  query Search($text: String!, $first: Int!, $after: String) {\n    search(text: $text, first: $first, after: $after) {\n      totalCount\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      nodes {\n        name\n        object {\n          __typename\n          id\n          ... on Run {\n            runPath: path\n            displayName\n            state\n            jobType\n            createdAt\n          }\n          ... on Collection {\n            collectionPath: path\n            kind\n            type\n            text: description\n          }\n          ... on Project {\n            projectPath: path\n            text: description\n          }\n          ... on Registry {\n            organization {\n              name\n            }\n            text: description\n          }\n        }\n      }\n    }\n  }\n": types.SearchDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SetAlias($input: SetAliasInput!) {\n    setAlias(input: $input) {\n      errors {\n        code\n        message\n        field\n      }\n    }\n  }\n"): typeof import('./graphql').SetAliasDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RemoveAlias($input: RemoveAliasInput!) {\n    removeAlias(input: $input) {\n      errors {\n        code\n        message\n        field\n      }\n    }\n  }\n"): typeof import('./graphql').RemoveAliasDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation AddTag($input: TagInput!) {\n    addTag(input: $input) {\n      errors {\n        code\n        message\n        field\n      }\n    }\n  }\n"): typeof import('./graphql').AddTagDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RemoveTag($input: TagInput!) {\n    removeTag(input: $input) {\n      errors {\n        code\n        message\n        field\n      }\n    }\n  }\n"): typeof import('./graphql').RemoveTagDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation LinkArtifact($input: LinkArtifactInput!) {\n    linkArtifact(input: $input) {\n      membership {\n        name\n        version\n        collection {\n          path\n        }\n      }\n      errors {\n        code\n        message\n        field\n      }\n    }\n  }\n"): typeof import('./graphql').LinkArtifactDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation UnlinkArtifact($input: UnlinkArtifactInput!) {\n    unlinkArtifact(input: $input) {\n      errors {\n        code\n        message\n        field\n      }\n    }\n  }\n"): typeof import('./graphql').UnlinkArtifactDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query LinkTargets($type: String!, $text: String) {\n    collections(first: 20, filter: { kind: [REGISTRY], type: [$type], nameContains: $text }) {\n      nodes {\n        id\n        path\n        aliases {\n          name\n        }\n        registry {\n          protectedAliases\n        }\n      }\n    }\n    registries(first: 100) {\n      nodes {\n        id\n        name\n        artifactTypes\n        protectedAliases\n        organization {\n          name\n        }\n      }\n    }\n  }\n"): typeof import('./graphql').LinkTargetsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation UpdateArtifact($input: UpdateArtifactInput!) {\n    updateArtifact(input: $input) {\n      errors {\n        code\n        message\n        field\n      }\n    }\n  }\n"): typeof import('./graphql').UpdateArtifactDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation UpdateCollection($input: UpdateCollectionInput!) {\n    updateCollection(input: $input) {\n      collection {\n        path\n      }\n      errors {\n        code\n        message\n        field\n      }\n    }\n  }\n"): typeof import('./graphql').UpdateCollectionDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation UpdateRegistry($input: UpdateRegistryInput!) {\n    updateRegistry(input: $input) {\n      registry {\n        name\n        organization {\n          name\n        }\n      }\n      errors {\n        code\n        message\n        field\n      }\n    }\n  }\n"): typeof import('./graphql').UpdateRegistryDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation UpdateProject($input: UpdateProjectInput!) {\n    updateProject(input: $input) {\n      errors {\n        code\n        message\n        field\n      }\n    }\n  }\n"): typeof import('./graphql').UpdateProjectDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation UpdateRun($input: UpdateRunInput!) {\n    updateRun(input: $input) {\n      errors {\n        code\n        message\n        field\n      }\n    }\n  }\n"): typeof import('./graphql').UpdateRunDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CreateCollection($input: CreateCollectionInput!) {\n    createCollection(input: $input) {\n      collection {\n        path\n        kind\n      }\n      errors {\n        code\n        message\n        field\n      }\n    }\n  }\n"): typeof import('./graphql').CreateCollectionDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CreateRegistry($input: CreateRegistryInput!) {\n    createRegistry(input: $input) {\n      registry {\n        name\n        organization {\n          name\n        }\n      }\n      errors {\n        code\n        message\n        field\n      }\n    }\n  }\n"): typeof import('./graphql').CreateRegistryDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation DeleteArtifact($input: DeleteArtifactInput!) {\n    deleteArtifact(input: $input) {\n      errors {\n        code\n        message\n        field\n      }\n    }\n  }\n"): typeof import('./graphql').DeleteArtifactDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation DeleteCollection($input: DeleteCollectionInput!) {\n    deleteCollection(input: $input) {\n      errors {\n        code\n        message\n        field\n      }\n    }\n  }\n"): typeof import('./graphql').DeleteCollectionDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation DeleteRun($input: DeleteRunInput!) {\n    deleteRun(input: $input) {\n      errors {\n        code\n        message\n        field\n      }\n    }\n  }\n"): typeof import('./graphql').DeleteRunDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment Person on User {\n    name\n    displayName\n  }\n"): typeof import('./graphql').PersonFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment CollectionPlace on Collection {\n    id\n    name\n    path\n    kind\n    type\n  }\n"): typeof import('./graphql').CollectionPlaceFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment RunLink on Run {\n    id\n    path\n    displayName\n    state\n    jobType\n    createdAt\n    deletedAt\n  }\n"): typeof import('./graphql').RunLinkFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment ArtifactLink on Artifact {\n    id\n    name\n    type\n    version\n    size\n    createdAt\n    deletedAt\n  }\n"): typeof import('./graphql').ArtifactLinkFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment HistoryEvent on ActionEvent {\n    id\n    kind\n    createdAt\n    actor {\n      name\n      displayName\n    }\n    collection {\n      id\n      name\n      path\n      kind\n      type\n    }\n    artifact {\n      id\n      name\n    }\n    version\n    previous {\n      id\n      name\n    }\n    previousVersion\n    alias\n    tag\n    run {\n      id\n      path\n      displayName\n    }\n    registry {\n      name\n      organization {\n        name\n      }\n    }\n    project {\n      path\n    }\n    subject {\n      __typename\n      name\n      displayName\n    }\n    role\n    detail\n    reason\n    hash\n  }\n"): typeof import('./graphql').HistoryEventFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query HistoryEvents($filter: ServerEventFilter!, $first: Int!, $after: String) {\n    actionEvents(filter: $filter, first: $first, after: $after) {\n      nodes {\n        ...HistoryEvent\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n"): typeof import('./graphql').HistoryEventsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query HistoryEventCount($filter: ServerEventFilter!) {\n    actionEvents(filter: $filter, first: 1) {\n      totalCount\n    }\n  }\n"): typeof import('./graphql').HistoryEventCountDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query HistoryPeople {\n    users(first: 100) {\n      nodes {\n        name\n        displayName\n      }\n    }\n  }\n"): typeof import('./graphql').HistoryPeopleDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query HistoryAliasesSet($filter: ServerEventFilter!, $collection: ID!) {\n    actionEvents(filter: $filter, first: 100) {\n      nodes {\n        alias\n      }\n    }\n    collection(ref: { id: $collection }) {\n      id\n      name\n      path\n      kind\n      aliases {\n        name\n      }\n    }\n  }\n"): typeof import('./graphql').HistoryAliasesSetDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query HistoryTimeline($collection: ID!, $alias: String!, $first: Int!) {\n    collection(ref: { id: $collection }) {\n      id\n      alias(name: $alias) {\n        name\n        history(first: $first) {\n          version\n          artifact {\n            name\n          }\n          from\n          until\n          actor {\n            name\n            displayName\n          }\n          reason\n          endedBy {\n            name\n            displayName\n          }\n          endedReason\n        }\n      }\n    }\n  }\n"): typeof import('./graphql').HistoryTimelineDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query HistoryAliasAt($collection: ID!, $alias: String!, $time: DateTime!) {\n    collection(ref: { id: $collection }) {\n      id\n      alias(name: $alias) {\n        at(time: $time) {\n          id\n          version\n          artifact {\n            id\n            name\n            deletedAt\n          }\n        }\n      }\n    }\n  }\n"): typeof import('./graphql').HistoryAliasAtDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Registries($first: Int!, $after: String) {\n    registries(first: $first, after: $after) {\n      totalCount\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      nodes {\n        id\n        name\n        description\n        visibility\n        createdAt\n        organization {\n          name\n        }\n        collections(first: 1) {\n          totalCount\n        }\n        actionHistory(first: 1) {\n          nodes {\n            createdAt\n          }\n        }\n      }\n    }\n  }\n"): typeof import('./graphql').RegistriesDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Projects($first: Int!, $after: String) {\n    projects(first: $first, after: $after) {\n      totalCount\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      nodes {\n        id\n        path\n        description\n        visibility\n        createdAt\n        runs(first: 1) {\n          totalCount\n          nodes {\n            createdAt\n            heartbeatAt\n          }\n        }\n        collections(first: 1) {\n          totalCount\n        }\n      }\n    }\n  }\n"): typeof import('./graphql').ProjectsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Viewer {\n    viewer {\n      name\n    }\n  }\n"): typeof import('./graphql').ViewerDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Search($text: String!, $first: Int!, $after: String) {\n    search(text: $text, first: $first, after: $after) {\n      totalCount\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      nodes {\n        name\n        object {\n          __typename\n          id\n          ... on Run {\n            runPath: path\n            displayName\n            state\n            jobType\n            createdAt\n          }\n          ... on Collection {\n            collectionPath: path\n            kind\n            type\n            text: description\n          }\n          ... on Project {\n            projectPath: path\n            text: description\n          }\n          ... on Registry {\n            organization {\n              name\n            }\n            text: description\n          }\n        }\n      }\n    }\n  }\n"): typeof import('./graphql').SearchDocument;


export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}
