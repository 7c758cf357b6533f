import { graphql } from '../api/generated'

export const SET_ALIAS = graphql(`
  mutation SetAlias($input: SetAliasInput!) {
    setAlias(input: $input) {
      errors {
        ...Refusal
      }
    }
  }
`)

export const REMOVE_ALIAS = graphql(`
  mutation RemoveAlias($input: RemoveAliasInput!) {
    removeAlias(input: $input) {
      errors {
        ...Refusal
      }
    }
  }
`)

export const ADD_TAG = graphql(`
  mutation AddTag($input: TagInput!) {
    addTag(input: $input) {
      errors {
        ...Refusal
      }
    }
  }
`)

export const REMOVE_TAG = graphql(`
  mutation RemoveTag($input: TagInput!) {
    removeTag(input: $input) {
      errors {
        ...Refusal
      }
    }
  }
`)

export const LINK = graphql(`
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
`)

export const UNLINK = graphql(`
  mutation UnlinkArtifact($input: UnlinkArtifactInput!) {
    unlinkArtifact(input: $input) {
      errors {
        ...Refusal
      }
    }
  }
`)

/** Where a version can be linked: registry collections of its type by name, and the registries that may get a new one. */
export const LINK_TARGETS = graphql(`
  query LinkTargets($type: String!, $text: String) {
    collections(first: 20, filter: { kind: [REGISTRY], type: [$type], nameContains: $text }) {
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
`)

export const UPDATE_ARTIFACT = graphql(`
  mutation UpdateArtifact($input: UpdateArtifactInput!) {
    updateArtifact(input: $input) {
      errors {
        ...Refusal
      }
    }
  }
`)

export const UPDATE_COLLECTION = graphql(`
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
`)

export const UPDATE_REGISTRY = graphql(`
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
`)

export const UPDATE_PROJECT = graphql(`
  mutation UpdateProject($input: UpdateProjectInput!) {
    updateProject(input: $input) {
      errors {
        ...Refusal
      }
    }
  }
`)

export const UPDATE_RUN = graphql(`
  mutation UpdateRun($input: UpdateRunInput!) {
    updateRun(input: $input) {
      errors {
        ...Refusal
      }
    }
  }
`)

export const CREATE_COLLECTION = graphql(`
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
`)

export const CREATE_REGISTRY = graphql(`
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
`)

export const DELETE_ARTIFACT = graphql(`
  mutation DeleteArtifact($input: DeleteArtifactInput!) {
    deleteArtifact(input: $input) {
      errors {
        ...Refusal
      }
    }
  }
`)

export const DELETE_COLLECTION = graphql(`
  mutation DeleteCollection($input: DeleteCollectionInput!) {
    deleteCollection(input: $input) {
      errors {
        ...Refusal
      }
    }
  }
`)

export const DELETE_RUN = graphql(`
  mutation DeleteRun($input: DeleteRunInput!) {
    deleteRun(input: $input) {
      errors {
        ...Refusal
      }
    }
  }
`)

export const SET_MEMBER = graphql(`
  mutation SetMember($input: SetMemberInput!) {
    setMember(input: $input) {
      errors {
        ...Refusal
      }
    }
  }
`)

export const REMOVE_MEMBER = graphql(`
  mutation RemoveMember($input: RemoveMemberInput!) {
    removeMember(input: $input) {
      errors {
        ...Refusal
      }
    }
  }
`)
