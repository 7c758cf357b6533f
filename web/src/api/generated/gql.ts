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
    "\n  query CollectionHeader($ref: CollectionRef!, $version: String!) {\n    collection(ref: $ref) {\n      ...CollectionPlace\n      description\n      tags\n      createdAt\n      updatedAt\n      createdBy {\n        ...Person\n      }\n      project {\n        path\n      }\n      registry {\n        id\n        name\n        protectedAliases\n        organization {\n          name\n        }\n      }\n      aliases {\n        name\n        membership {\n          version\n        }\n      }\n      versions(first: 1) {\n        totalCount\n      }\n      shown: version(ref: $version) {\n        ...VersionRow\n      }\n    }\n  }\n": typeof types.CollectionHeaderDocument,
    "\n  fragment VersionRow on Membership {\n    id\n    version\n    createdAt\n    createdBy {\n      ...Person\n    }\n    aliases {\n      name\n    }\n    artifact {\n      id\n      name\n      type\n      size\n      fileCount\n      tags\n      aliases {\n        name\n        collection {\n          path\n        }\n      }\n    }\n  }\n": typeof types.VersionRowFragmentDoc,
    "\n  query CollectionVersions($ref: CollectionRef!, $first: Int!, $after: String, $filter: MembershipFilter, $direction: OrderDirection!) {\n    collection(ref: $ref) {\n      id\n      versions(first: $first, after: $after, filter: $filter, orderBy: { field: VERSION, direction: $direction }) {\n        totalCount\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n        nodes {\n          ...VersionRow\n          artifact {\n            inputs(first: 1) {\n              totalCount\n              nodes {\n                ...RunLink\n              }\n            }\n          }\n        }\n      }\n    }\n  }\n": typeof types.CollectionVersionsDocument,
    "\n  query VersionChoices($ref: CollectionRef!, $first: Int!, $after: String, $wanted: String!, $search: Boolean!) {\n    collection(ref: $ref) {\n      id\n      exact: version(ref: $wanted) @include(if: $search) {\n        ...VersionChoice\n      }\n      versions(first: $first, after: $after) {\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n        nodes {\n          ...VersionChoice\n        }\n      }\n    }\n  }\n": typeof types.VersionChoicesDocument,
    "\n  fragment VersionChoice on Membership {\n    id\n    version\n    createdAt\n    aliases {\n      name\n    }\n  }\n": typeof types.VersionChoiceFragmentDoc,
    "\n  query VersionOverview($ref: CollectionRef!, $version: String!) {\n    collection(ref: $ref) {\n      id\n      version(ref: $version) {\n        id\n        version\n        createdAt\n        createdBy {\n          ...Person\n        }\n        aliases {\n          name\n          createdAt\n        }\n        artifact {\n          id\n          name\n          type\n          digest\n          size\n          fileCount\n          description\n          tags\n          metadata\n          createdAt\n          updatedAt\n          createdBy {\n            ...Person\n          }\n          memberships(first: 50) {\n            totalCount\n            nodes {\n              id\n              version\n              createdAt\n              createdBy {\n                ...Person\n              }\n              aliases {\n                name\n              }\n              collection {\n                ...CollectionPlace\n                registry {\n                  protectedAliases\n                }\n              }\n            }\n          }\n          inputs(first: 25) {\n            totalCount\n            nodes {\n              ...RunLink\n            }\n          }\n          outputs(first: 25) {\n            totalCount\n            edges {\n              requestedAs\n              requestedAsInferred\n              node {\n                ...RunLink\n              }\n            }\n          }\n        }\n      }\n    }\n  }\n": typeof types.VersionOverviewDocument,
    "\n  query VersionUsedBy($id: ID!, $first: Int!, $after: String) {\n    artifact(ref: { id: $id }) {\n      id\n      outputs(first: $first, after: $after) {\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n        edges {\n          requestedAs\n          requestedAsInferred\n          node {\n            ...RunLink\n          }\n        }\n      }\n    }\n  }\n": typeof types.VersionUsedByDocument,
    "\n  query VersionFiles($ref: CollectionRef!, $version: String!, $first: Int!, $after: String, $filter: FileFilter) {\n    collection(ref: $ref) {\n      id\n      version(ref: $version) {\n        id\n        artifact {\n          id\n          files(first: $first, after: $after, filter: $filter) {\n            totalCount\n            pageInfo {\n              hasNextPage\n              endCursor\n            }\n            nodes {\n              path\n              size\n              digest\n              reference\n              url\n            }\n          }\n        }\n      }\n    }\n  }\n": typeof types.VersionFilesDocument,
    "\n  query VersionMetadata($ref: CollectionRef!, $version: String!) {\n    collection(ref: $ref) {\n      id\n      version(ref: $version) {\n        id\n        artifact {\n          id\n          metadata\n        }\n      }\n    }\n  }\n": typeof types.VersionMetadataDocument,
    "\n  query GoneVersion($ref: CollectionRef!, $version: String!, $isVersion: Boolean!) {\n    collection(ref: $ref) {\n      id\n      actionHistory(version: $version, kinds: [VERSION_REMOVED], first: 1) @include(if: $isVersion) {\n        nodes {\n          id\n          createdAt\n          reason\n          actor {\n            ...Person\n          }\n          artifact {\n            ...ArtifactLink\n          }\n        }\n      }\n      alias(name: $version) @skip(if: $isVersion) {\n        name\n        history(first: 1) {\n          version\n          until\n          endedBy {\n            ...Person\n          }\n          endedReason\n        }\n      }\n    }\n  }\n": typeof types.GoneVersionDocument,
    "\n  query Registries($first: Int!, $after: String) {\n    registries(first: $first, after: $after) {\n      totalCount\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      nodes {\n        id\n        name\n        description\n        visibility\n        createdAt\n        organization {\n          name\n        }\n        collections(first: 1) {\n          totalCount\n        }\n        actionHistory(first: 1) {\n          nodes {\n            createdAt\n          }\n        }\n      }\n    }\n  }\n": typeof types.RegistriesDocument,
    "\n  query Projects($first: Int!, $after: String) {\n    projects(first: $first, after: $after) {\n      totalCount\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      nodes {\n        id\n        path\n        description\n        visibility\n        createdAt\n        runs(first: 1) {\n          totalCount\n          nodes {\n            createdAt\n            heartbeatAt\n          }\n        }\n        collections(first: 1) {\n          totalCount\n        }\n      }\n    }\n  }\n": typeof types.ProjectsDocument,
    "\n  query Viewer {\n    viewer {\n      name\n    }\n  }\n": typeof types.ViewerDocument,
    "\n  query ProjectPage($ref: ProjectRef!) {\n    project(ref: $ref) {\n      id\n      path\n      name\n      description\n      visibility\n      createdAt\n      createdBy {\n        ...Person\n      }\n      owner {\n        __typename\n        name\n        displayName\n        ... on Team {\n          members {\n            ...MemberRow\n          }\n        }\n      }\n      members {\n        ...MemberRow\n      }\n      runs(first: 1) {\n        totalCount\n      }\n      collections(first: 1) {\n        totalCount\n      }\n    }\n  }\n": typeof types.ProjectPageDocument,
    "\n  fragment MemberRow on Member {\n    role\n    createdAt\n    entity {\n      __typename\n      name\n      displayName\n    }\n  }\n": typeof types.MemberRowFragmentDoc,
    "\n  query ProjectRuns($ref: ProjectRef!, $first: Int!, $after: String, $filter: RunFilter, $orderBy: RunOrder) {\n    project(ref: $ref) {\n      id\n      runs(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {\n        totalCount\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n        nodes {\n          ...RunLink\n          name\n          group\n          tags\n          startedAt\n          finishedAt\n          heartbeatAt\n          createdBy {\n            ...Person\n          }\n        }\n      }\n    }\n  }\n": typeof types.ProjectRunsDocument,
    "\n  query ProjectCollections($ref: ProjectRef!, $first: Int!, $after: String, $filter: CollectionFilter) {\n    project(ref: $ref) {\n      id\n      collections(first: $first, after: $after, filter: $filter) {\n        totalCount\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n        nodes {\n          ...CollectionRow\n        }\n      }\n    }\n  }\n": typeof types.ProjectCollectionsDocument,
    "\n  query RegistryCollections($ref: RegistryRef!, $first: Int!, $after: String, $filter: CollectionFilter) {\n    registry(ref: $ref) {\n      id\n      collections(first: $first, after: $after, filter: $filter) {\n        totalCount\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n        nodes {\n          ...CollectionRow\n        }\n      }\n    }\n  }\n": typeof types.RegistryCollectionsDocument,
    "\n  fragment CollectionRow on Collection {\n    ...CollectionPlace\n    description\n    updatedAt\n    tags\n    aliases {\n      name\n      membership {\n        version\n      }\n    }\n    versions(first: 1) {\n      totalCount\n      nodes {\n        version\n        createdAt\n      }\n    }\n  }\n": typeof types.CollectionRowFragmentDoc,
    "\n  query RegistryPage($ref: RegistryRef!) {\n    registry(ref: $ref) {\n      id\n      name\n      description\n      visibility\n      artifactTypes\n      protectedAliases\n      createdAt\n      createdBy {\n        ...Person\n      }\n      organization {\n        name\n      }\n      members {\n        ...MemberRow\n      }\n      collections(first: 1) {\n        totalCount\n      }\n    }\n  }\n": typeof types.RegistryPageDocument,
    "\n  query RunPage($ref: RunRef!) {\n    run(ref: $ref) {\n      id\n      name\n      path\n      displayName\n      state\n      createdAt\n      startedAt\n      finishedAt\n      heartbeatAt\n      deletedAt\n      deletedBy {\n        ...Person\n      }\n      createdBy {\n        ...Person\n      }\n      group\n      jobType\n      tags\n      notes\n      config\n      summary\n      project {\n        path\n      }\n      inputs(first: 25) {\n        totalCount\n        edges {\n          ...RunInput\n        }\n      }\n      outputs(first: 25) {\n        totalCount\n        edges {\n          ...RunOutput\n        }\n      }\n    }\n  }\n": typeof types.RunPageDocument,
    "\n  fragment RunInput on RunInputEdge {\n    createdAt\n    requestedAs\n    requestedAsInferred\n    via {\n      ...CollectionPlace\n    }\n    node {\n      ...RunArtifact\n    }\n  }\n": typeof types.RunInputFragmentDoc,
    "\n  fragment RunOutput on RunOutputEdge {\n    createdAt\n    node {\n      ...RunArtifact\n    }\n  }\n": typeof types.RunOutputFragmentDoc,
    "\n  fragment RunArtifact on Artifact {\n    ...ArtifactLink\n    aliases {\n      name\n    }\n  }\n": typeof types.RunArtifactFragmentDoc,
    "\n  query RunInputs($id: ID!, $first: Int!, $after: String) {\n    run(ref: { id: $id }) {\n      id\n      inputs(first: $first, after: $after) {\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n        edges {\n          ...RunInput\n        }\n      }\n    }\n  }\n": typeof types.RunInputsDocument,
    "\n  query RunOutputs($id: ID!, $first: Int!, $after: String) {\n    run(ref: { id: $id }) {\n      id\n      outputs(first: $first, after: $after) {\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n        edges {\n          ...RunOutput\n        }\n      }\n    }\n  }\n": typeof types.RunOutputsDocument,
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
    "\n  query CollectionHeader($ref: CollectionRef!, $version: String!) {\n    collection(ref: $ref) {\n      ...CollectionPlace\n      description\n      tags\n      createdAt\n      updatedAt\n      createdBy {\n        ...Person\n      }\n      project {\n        path\n      }\n      registry {\n        id\n        name\n        protectedAliases\n        organization {\n          name\n        }\n      }\n      aliases {\n        name\n        membership {\n          version\n        }\n      }\n      versions(first: 1) {\n        totalCount\n      }\n      shown: version(ref: $version) {\n        ...VersionRow\n      }\n    }\n  }\n": types.CollectionHeaderDocument,
    "\n  fragment VersionRow on Membership {\n    id\n    version\n    createdAt\n    createdBy {\n      ...Person\n    }\n    aliases {\n      name\n    }\n    artifact {\n      id\n      name\n      type\n      size\n      fileCount\n      tags\n      aliases {\n        name\n        collection {\n          path\n        }\n      }\n    }\n  }\n": types.VersionRowFragmentDoc,
    "\n  query CollectionVersions($ref: CollectionRef!, $first: Int!, $after: String, $filter: MembershipFilter, $direction: OrderDirection!) {\n    collection(ref: $ref) {\n      id\n      versions(first: $first, after: $after, filter: $filter, orderBy: { field: VERSION, direction: $direction }) {\n        totalCount\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n        nodes {\n          ...VersionRow\n          artifact {\n            inputs(first: 1) {\n              totalCount\n              nodes {\n                ...RunLink\n              }\n            }\n          }\n        }\n      }\n    }\n  }\n": types.CollectionVersionsDocument,
    "\n  query VersionChoices($ref: CollectionRef!, $first: Int!, $after: String, $wanted: String!, $search: Boolean!) {\n    collection(ref: $ref) {\n      id\n      exact: version(ref: $wanted) @include(if: $search) {\n        ...VersionChoice\n      }\n      versions(first: $first, after: $after) {\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n        nodes {\n          ...VersionChoice\n        }\n      }\n    }\n  }\n": types.VersionChoicesDocument,
    "\n  fragment VersionChoice on Membership {\n    id\n    version\n    createdAt\n    aliases {\n      name\n    }\n  }\n": types.VersionChoiceFragmentDoc,
    "\n  query VersionOverview($ref: CollectionRef!, $version: String!) {\n    collection(ref: $ref) {\n      id\n      version(ref: $version) {\n        id\n        version\n        createdAt\n        createdBy {\n          ...Person\n        }\n        aliases {\n          name\n          createdAt\n        }\n        artifact {\n          id\n          name\n          type\n          digest\n          size\n          fileCount\n          description\n          tags\n          metadata\n          createdAt\n          updatedAt\n          createdBy {\n            ...Person\n          }\n          memberships(first: 50) {\n            totalCount\n            nodes {\n              id\n              version\n              createdAt\n              createdBy {\n                ...Person\n              }\n              aliases {\n                name\n              }\n              collection {\n                ...CollectionPlace\n                registry {\n                  protectedAliases\n                }\n              }\n            }\n          }\n          inputs(first: 25) {\n            totalCount\n            nodes {\n              ...RunLink\n            }\n          }\n          outputs(first: 25) {\n            totalCount\n            edges {\n              requestedAs\n              requestedAsInferred\n              node {\n                ...RunLink\n              }\n            }\n          }\n        }\n      }\n    }\n  }\n": types.VersionOverviewDocument,
    "\n  query VersionUsedBy($id: ID!, $first: Int!, $after: String) {\n    artifact(ref: { id: $id }) {\n      id\n      outputs(first: $first, after: $after) {\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n        edges {\n          requestedAs\n          requestedAsInferred\n          node {\n            ...RunLink\n          }\n        }\n      }\n    }\n  }\n": types.VersionUsedByDocument,
    "\n  query VersionFiles($ref: CollectionRef!, $version: String!, $first: Int!, $after: String, $filter: FileFilter) {\n    collection(ref: $ref) {\n      id\n      version(ref: $version) {\n        id\n        artifact {\n          id\n          files(first: $first, after: $after, filter: $filter) {\n            totalCount\n            pageInfo {\n              hasNextPage\n              endCursor\n            }\n            nodes {\n              path\n              size\n              digest\n              reference\n              url\n            }\n          }\n        }\n      }\n    }\n  }\n": types.VersionFilesDocument,
    "\n  query VersionMetadata($ref: CollectionRef!, $version: String!) {\n    collection(ref: $ref) {\n      id\n      version(ref: $version) {\n        id\n        artifact {\n          id\n          metadata\n        }\n      }\n    }\n  }\n": types.VersionMetadataDocument,
    "\n  query GoneVersion($ref: CollectionRef!, $version: String!, $isVersion: Boolean!) {\n    collection(ref: $ref) {\n      id\n      actionHistory(version: $version, kinds: [VERSION_REMOVED], first: 1) @include(if: $isVersion) {\n        nodes {\n          id\n          createdAt\n          reason\n          actor {\n            ...Person\n          }\n          artifact {\n            ...ArtifactLink\n          }\n        }\n      }\n      alias(name: $version) @skip(if: $isVersion) {\n        name\n        history(first: 1) {\n          version\n          until\n          endedBy {\n            ...Person\n          }\n          endedReason\n        }\n      }\n    }\n  }\n": types.GoneVersionDocument,
    "\n  query Registries($first: Int!, $after: String) {\n    registries(first: $first, after: $after) {\n      totalCount\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      nodes {\n        id\n        name\n        description\n        visibility\n        createdAt\n        organization {\n          name\n        }\n        collections(first: 1) {\n          totalCount\n        }\n        actionHistory(first: 1) {\n          nodes {\n            createdAt\n          }\n        }\n      }\n    }\n  }\n": types.RegistriesDocument,
    "\n  query Projects($first: Int!, $after: String) {\n    projects(first: $first, after: $after) {\n      totalCount\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      nodes {\n        id\n        path\n        description\n        visibility\n        createdAt\n        runs(first: 1) {\n          totalCount\n          nodes {\n            createdAt\n            heartbeatAt\n          }\n        }\n        collections(first: 1) {\n          totalCount\n        }\n      }\n    }\n  }\n": types.ProjectsDocument,
    "\n  query Viewer {\n    viewer {\n      name\n    }\n  }\n": types.ViewerDocument,
    "\n  query ProjectPage($ref: ProjectRef!) {\n    project(ref: $ref) {\n      id\n      path\n      name\n      description\n      visibility\n      createdAt\n      createdBy {\n        ...Person\n      }\n      owner {\n        __typename\n        name\n        displayName\n        ... on Team {\n          members {\n            ...MemberRow\n          }\n        }\n      }\n      members {\n        ...MemberRow\n      }\n      runs(first: 1) {\n        totalCount\n      }\n      collections(first: 1) {\n        totalCount\n      }\n    }\n  }\n": types.ProjectPageDocument,
    "\n  fragment MemberRow on Member {\n    role\n    createdAt\n    entity {\n      __typename\n      name\n      displayName\n    }\n  }\n": types.MemberRowFragmentDoc,
    "\n  query ProjectRuns($ref: ProjectRef!, $first: Int!, $after: String, $filter: RunFilter, $orderBy: RunOrder) {\n    project(ref: $ref) {\n      id\n      runs(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {\n        totalCount\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n        nodes {\n          ...RunLink\n          name\n          group\n          tags\n          startedAt\n          finishedAt\n          heartbeatAt\n          createdBy {\n            ...Person\n          }\n        }\n      }\n    }\n  }\n": types.ProjectRunsDocument,
    "\n  query ProjectCollections($ref: ProjectRef!, $first: Int!, $after: String, $filter: CollectionFilter) {\n    project(ref: $ref) {\n      id\n      collections(first: $first, after: $after, filter: $filter) {\n        totalCount\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n        nodes {\n          ...CollectionRow\n        }\n      }\n    }\n  }\n": types.ProjectCollectionsDocument,
    "\n  query RegistryCollections($ref: RegistryRef!, $first: Int!, $after: String, $filter: CollectionFilter) {\n    registry(ref: $ref) {\n      id\n      collections(first: $first, after: $after, filter: $filter) {\n        totalCount\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n        nodes {\n          ...CollectionRow\n        }\n      }\n    }\n  }\n": types.RegistryCollectionsDocument,
    "\n  fragment CollectionRow on Collection {\n    ...CollectionPlace\n    description\n    updatedAt\n    tags\n    aliases {\n      name\n      membership {\n        version\n      }\n    }\n    versions(first: 1) {\n      totalCount\n      nodes {\n        version\n        createdAt\n      }\n    }\n  }\n": types.CollectionRowFragmentDoc,
    "\n  query RegistryPage($ref: RegistryRef!) {\n    registry(ref: $ref) {\n      id\n      name\n      description\n      visibility\n      artifactTypes\n      protectedAliases\n      createdAt\n      createdBy {\n        ...Person\n      }\n      organization {\n        name\n      }\n      members {\n        ...MemberRow\n      }\n      collections(first: 1) {\n        totalCount\n      }\n    }\n  }\n": types.RegistryPageDocument,
    "\n  query RunPage($ref: RunRef!) {\n    run(ref: $ref) {\n      id\n      name\n      path\n      displayName\n      state\n      createdAt\n      startedAt\n      finishedAt\n      heartbeatAt\n      deletedAt\n      deletedBy {\n        ...Person\n      }\n      createdBy {\n        ...Person\n      }\n      group\n      jobType\n      tags\n      notes\n      config\n      summary\n      project {\n        path\n      }\n      inputs(first: 25) {\n        totalCount\n        edges {\n          ...RunInput\n        }\n      }\n      outputs(first: 25) {\n        totalCount\n        edges {\n          ...RunOutput\n        }\n      }\n    }\n  }\n": types.RunPageDocument,
    "\n  fragment RunInput on RunInputEdge {\n    createdAt\n    requestedAs\n    requestedAsInferred\n    via {\n      ...CollectionPlace\n    }\n    node {\n      ...RunArtifact\n    }\n  }\n": types.RunInputFragmentDoc,
    "\n  fragment RunOutput on RunOutputEdge {\n    createdAt\n    node {\n      ...RunArtifact\n    }\n  }\n": types.RunOutputFragmentDoc,
    "\n  fragment RunArtifact on Artifact {\n    ...ArtifactLink\n    aliases {\n      name\n    }\n  }\n": types.RunArtifactFragmentDoc,
    "\n  query RunInputs($id: ID!, $first: Int!, $after: String) {\n    run(ref: { id: $id }) {\n      id\n      inputs(first: $first, after: $after) {\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n        edges {\n          ...RunInput\n        }\n      }\n    }\n  }\n": types.RunInputsDocument,
    "\n  query RunOutputs($id: ID!, $first: Int!, $after: String) {\n    run(ref: { id: $id }) {\n      id\n      outputs(first: $first, after: $after) {\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n        edges {\n          ...RunOutput\n        }\n      }\n    }\n  }\n": types.RunOutputsDocument,
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
export function graphql(source: "\n  query CollectionHeader($ref: CollectionRef!, $version: String!) {\n    collection(ref: $ref) {\n      ...CollectionPlace\n      description\n      tags\n      createdAt\n      updatedAt\n      createdBy {\n        ...Person\n      }\n      project {\n        path\n      }\n      registry {\n        id\n        name\n        protectedAliases\n        organization {\n          name\n        }\n      }\n      aliases {\n        name\n        membership {\n          version\n        }\n      }\n      versions(first: 1) {\n        totalCount\n      }\n      shown: version(ref: $version) {\n        ...VersionRow\n      }\n    }\n  }\n"): typeof import('./graphql').CollectionHeaderDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment VersionRow on Membership {\n    id\n    version\n    createdAt\n    createdBy {\n      ...Person\n    }\n    aliases {\n      name\n    }\n    artifact {\n      id\n      name\n      type\n      size\n      fileCount\n      tags\n      aliases {\n        name\n        collection {\n          path\n        }\n      }\n    }\n  }\n"): typeof import('./graphql').VersionRowFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query CollectionVersions($ref: CollectionRef!, $first: Int!, $after: String, $filter: MembershipFilter, $direction: OrderDirection!) {\n    collection(ref: $ref) {\n      id\n      versions(first: $first, after: $after, filter: $filter, orderBy: { field: VERSION, direction: $direction }) {\n        totalCount\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n        nodes {\n          ...VersionRow\n          artifact {\n            inputs(first: 1) {\n              totalCount\n              nodes {\n                ...RunLink\n              }\n            }\n          }\n        }\n      }\n    }\n  }\n"): typeof import('./graphql').CollectionVersionsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query VersionChoices($ref: CollectionRef!, $first: Int!, $after: String, $wanted: String!, $search: Boolean!) {\n    collection(ref: $ref) {\n      id\n      exact: version(ref: $wanted) @include(if: $search) {\n        ...VersionChoice\n      }\n      versions(first: $first, after: $after) {\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n        nodes {\n          ...VersionChoice\n        }\n      }\n    }\n  }\n"): typeof import('./graphql').VersionChoicesDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment VersionChoice on Membership {\n    id\n    version\n    createdAt\n    aliases {\n      name\n    }\n  }\n"): typeof import('./graphql').VersionChoiceFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query VersionOverview($ref: CollectionRef!, $version: String!) {\n    collection(ref: $ref) {\n      id\n      version(ref: $version) {\n        id\n        version\n        createdAt\n        createdBy {\n          ...Person\n        }\n        aliases {\n          name\n          createdAt\n        }\n        artifact {\n          id\n          name\n          type\n          digest\n          size\n          fileCount\n          description\n          tags\n          metadata\n          createdAt\n          updatedAt\n          createdBy {\n            ...Person\n          }\n          memberships(first: 50) {\n            totalCount\n            nodes {\n              id\n              version\n              createdAt\n              createdBy {\n                ...Person\n              }\n              aliases {\n                name\n              }\n              collection {\n                ...CollectionPlace\n                registry {\n                  protectedAliases\n                }\n              }\n            }\n          }\n          inputs(first: 25) {\n            totalCount\n            nodes {\n              ...RunLink\n            }\n          }\n          outputs(first: 25) {\n            totalCount\n            edges {\n              requestedAs\n              requestedAsInferred\n              node {\n                ...RunLink\n              }\n            }\n          }\n        }\n      }\n    }\n  }\n"): typeof import('./graphql').VersionOverviewDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query VersionUsedBy($id: ID!, $first: Int!, $after: String) {\n    artifact(ref: { id: $id }) {\n      id\n      outputs(first: $first, after: $after) {\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n        edges {\n          requestedAs\n          requestedAsInferred\n          node {\n            ...RunLink\n          }\n        }\n      }\n    }\n  }\n"): typeof import('./graphql').VersionUsedByDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query VersionFiles($ref: CollectionRef!, $version: String!, $first: Int!, $after: String, $filter: FileFilter) {\n    collection(ref: $ref) {\n      id\n      version(ref: $version) {\n        id\n        artifact {\n          id\n          files(first: $first, after: $after, filter: $filter) {\n            totalCount\n            pageInfo {\n              hasNextPage\n              endCursor\n            }\n            nodes {\n              path\n              size\n              digest\n              reference\n              url\n            }\n          }\n        }\n      }\n    }\n  }\n"): typeof import('./graphql').VersionFilesDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query VersionMetadata($ref: CollectionRef!, $version: String!) {\n    collection(ref: $ref) {\n      id\n      version(ref: $version) {\n        id\n        artifact {\n          id\n          metadata\n        }\n      }\n    }\n  }\n"): typeof import('./graphql').VersionMetadataDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query GoneVersion($ref: CollectionRef!, $version: String!, $isVersion: Boolean!) {\n    collection(ref: $ref) {\n      id\n      actionHistory(version: $version, kinds: [VERSION_REMOVED], first: 1) @include(if: $isVersion) {\n        nodes {\n          id\n          createdAt\n          reason\n          actor {\n            ...Person\n          }\n          artifact {\n            ...ArtifactLink\n          }\n        }\n      }\n      alias(name: $version) @skip(if: $isVersion) {\n        name\n        history(first: 1) {\n          version\n          until\n          endedBy {\n            ...Person\n          }\n          endedReason\n        }\n      }\n    }\n  }\n"): typeof import('./graphql').GoneVersionDocument;
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
export function graphql(source: "\n  query ProjectPage($ref: ProjectRef!) {\n    project(ref: $ref) {\n      id\n      path\n      name\n      description\n      visibility\n      createdAt\n      createdBy {\n        ...Person\n      }\n      owner {\n        __typename\n        name\n        displayName\n        ... on Team {\n          members {\n            ...MemberRow\n          }\n        }\n      }\n      members {\n        ...MemberRow\n      }\n      runs(first: 1) {\n        totalCount\n      }\n      collections(first: 1) {\n        totalCount\n      }\n    }\n  }\n"): typeof import('./graphql').ProjectPageDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment MemberRow on Member {\n    role\n    createdAt\n    entity {\n      __typename\n      name\n      displayName\n    }\n  }\n"): typeof import('./graphql').MemberRowFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ProjectRuns($ref: ProjectRef!, $first: Int!, $after: String, $filter: RunFilter, $orderBy: RunOrder) {\n    project(ref: $ref) {\n      id\n      runs(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {\n        totalCount\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n        nodes {\n          ...RunLink\n          name\n          group\n          tags\n          startedAt\n          finishedAt\n          heartbeatAt\n          createdBy {\n            ...Person\n          }\n        }\n      }\n    }\n  }\n"): typeof import('./graphql').ProjectRunsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ProjectCollections($ref: ProjectRef!, $first: Int!, $after: String, $filter: CollectionFilter) {\n    project(ref: $ref) {\n      id\n      collections(first: $first, after: $after, filter: $filter) {\n        totalCount\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n        nodes {\n          ...CollectionRow\n        }\n      }\n    }\n  }\n"): typeof import('./graphql').ProjectCollectionsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query RegistryCollections($ref: RegistryRef!, $first: Int!, $after: String, $filter: CollectionFilter) {\n    registry(ref: $ref) {\n      id\n      collections(first: $first, after: $after, filter: $filter) {\n        totalCount\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n        nodes {\n          ...CollectionRow\n        }\n      }\n    }\n  }\n"): typeof import('./graphql').RegistryCollectionsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment CollectionRow on Collection {\n    ...CollectionPlace\n    description\n    updatedAt\n    tags\n    aliases {\n      name\n      membership {\n        version\n      }\n    }\n    versions(first: 1) {\n      totalCount\n      nodes {\n        version\n        createdAt\n      }\n    }\n  }\n"): typeof import('./graphql').CollectionRowFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query RegistryPage($ref: RegistryRef!) {\n    registry(ref: $ref) {\n      id\n      name\n      description\n      visibility\n      artifactTypes\n      protectedAliases\n      createdAt\n      createdBy {\n        ...Person\n      }\n      organization {\n        name\n      }\n      members {\n        ...MemberRow\n      }\n      collections(first: 1) {\n        totalCount\n      }\n    }\n  }\n"): typeof import('./graphql').RegistryPageDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query RunPage($ref: RunRef!) {\n    run(ref: $ref) {\n      id\n      name\n      path\n      displayName\n      state\n      createdAt\n      startedAt\n      finishedAt\n      heartbeatAt\n      deletedAt\n      deletedBy {\n        ...Person\n      }\n      createdBy {\n        ...Person\n      }\n      group\n      jobType\n      tags\n      notes\n      config\n      summary\n      project {\n        path\n      }\n      inputs(first: 25) {\n        totalCount\n        edges {\n          ...RunInput\n        }\n      }\n      outputs(first: 25) {\n        totalCount\n        edges {\n          ...RunOutput\n        }\n      }\n    }\n  }\n"): typeof import('./graphql').RunPageDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment RunInput on RunInputEdge {\n    createdAt\n    requestedAs\n    requestedAsInferred\n    via {\n      ...CollectionPlace\n    }\n    node {\n      ...RunArtifact\n    }\n  }\n"): typeof import('./graphql').RunInputFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment RunOutput on RunOutputEdge {\n    createdAt\n    node {\n      ...RunArtifact\n    }\n  }\n"): typeof import('./graphql').RunOutputFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment RunArtifact on Artifact {\n    ...ArtifactLink\n    aliases {\n      name\n    }\n  }\n"): typeof import('./graphql').RunArtifactFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query RunInputs($id: ID!, $first: Int!, $after: String) {\n    run(ref: { id: $id }) {\n      id\n      inputs(first: $first, after: $after) {\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n        edges {\n          ...RunInput\n        }\n      }\n    }\n  }\n"): typeof import('./graphql').RunInputsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query RunOutputs($id: ID!, $first: Int!, $after: String) {\n    run(ref: { id: $id }) {\n      id\n      outputs(first: $first, after: $after) {\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n        edges {\n          ...RunOutput\n        }\n      }\n    }\n  }\n"): typeof import('./graphql').RunOutputsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Search($text: String!, $first: Int!, $after: String) {\n    search(text: $text, first: $first, after: $after) {\n      totalCount\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      nodes {\n        name\n        object {\n          __typename\n          id\n          ... on Run {\n            runPath: path\n            displayName\n            state\n            jobType\n            createdAt\n          }\n          ... on Collection {\n            collectionPath: path\n            kind\n            type\n            text: description\n          }\n          ... on Project {\n            projectPath: path\n            text: description\n          }\n          ... on Registry {\n            organization {\n              name\n            }\n            text: description\n          }\n        }\n      }\n    }\n  }\n"): typeof import('./graphql').SearchDocument;


export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}
