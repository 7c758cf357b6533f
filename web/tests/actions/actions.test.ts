import { describe, expect, test } from 'vitest'
import { holderOf } from '../../src/actions/AliasDialogs'
import { rulesInput } from '../../src/actions/CreateDialogs'
import { fieldError, isConflict, otherError } from '../../src/actions/errors'
import { linkTargets, namesIn } from '../../src/actions/linkTargets'
import { GraphQLError, Unreachable } from '../../src/api/client'

test('an error stands beside the control that it is about, and only there', () => {
  const error = new GraphQLError('a/b is not an alias', 'BAD_USER_INPUT', null, ['alias'])
  expect(fieldError(error, 'alias', 'expectedVersion')).toBe('a/b is not an alias')
  expect(otherError(error, 'alias')).toBeNull()
  expect(fieldError(error, 'name')).toBeNull()
  expect(otherError(error, 'name')).toBe(error)
})

test('what is about no control is shown below', () => {
  const gone = new Unreachable('gone')
  expect(fieldError(gone, 'alias')).toBeNull()
  expect(otherError(gone, 'alias')).toBe(gone)
  expect(otherError(null, 'alias')).toBeNull()
})

test('a conflict is known by its code', () => {
  expect(isConflict(new GraphQLError('', 'CONFLICT', null))).toBe(true)
  expect(isConflict(new Error('CONFLICT'))).toBe(false)
})

test('names are separated by commas and each comes once', () => {
  expect(namesIn(' staging, production,,staging ')).toEqual(['staging', 'production'])
})

test('no allowed types are any type', () => {
  const rules = { protectedAliases: 'production', visibility: 'RESTRICTED' as const }
  expect(rulesInput({ ...rules, types: ' ' }).artifactTypes).toBeNull()
  expect(rulesInput({ ...rules, types: 'model, dataset' }).artifactTypes).toEqual(['model', 'dataset'])
})

test('an alias that is not set has no holder', () => {
  const home = {
    id: 'c',
    name: 'zoo',
    protectedAliases: [],
    aliases: [{ name: 'staging', membership: { version: 'v3' } }],
  }
  expect(holderOf(home, 'staging')).toBe('v3')
  expect(holderOf(home, 'production')).toBeNull()
})

describe('where a version can be linked', () => {
  const registry = (name: string, artifactTypes: string[] | null) => ({
    name,
    artifactTypes,
    protectedAliases: ['production'],
    organization: { name: 'default' },
  })
  const found = {
    collections: {
      nodes: [{ path: 'default/model/zoo', registry: { protectedAliases: ['production'] } }],
    },
    registries: { nodes: [registry('model', ['model']), registry('data', ['dataset']), registry('any', null)] },
  }
  const paths = (text: string) => linkTargets(found, 'model', text).map(({ path }) => path)

  test('is what is there while nothing is typed', () => {
    expect(paths('')).toEqual(['default/model/zoo'])
  })

  test('is also a new collection in each registry that takes the type', () => {
    expect(paths('zebra')).toEqual(['default/model/zoo', 'default/model/zebra', 'default/any/zebra'])
  })

  test('is not made where it is already', () => {
    expect(paths('Zoo')).toEqual(['default/model/zoo', 'default/any/Zoo'])
  })

  test('is only the registry that was typed', () => {
    expect(paths('model/zebra')).toEqual(['default/model/zoo', 'default/model/zebra'])
  })

  test('is never a name that no collection may have', () => {
    expect(paths('ze:bra')).toEqual(['default/model/zoo'])
  })
})
