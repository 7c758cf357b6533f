import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { EXAMPLES, examplesOf, titleOf } from '../../src/graphiql/examples'
import { linkTo, readLink } from '../../src/graphiql/link'
import { withoutHeaders } from '../../src/graphiql/storage'

test('every operation of the docs is an example', () => {
  const files = readdirSync(`${import.meta.dirname}/../../../docs/examples`).filter((name) => name.endsWith('.graphql'))
  expect(files.length).toBeGreaterThan(5)
  expect(EXAMPLES.map(({ name }) => `${name}.graphql`).sort()).toEqual(files.sort())
  for (const { about } of EXAMPLES) expect(about).toMatch(/^\S.{10,}/)
})

test('an example has the variables of the file beside it, and its first words', () => {
  const [first, second] = examplesOf({
    '/e/production-at.graphql': '# What was it\n# then?\n#\n# More.\nquery At { viewer { id } }\n',
    '/e/production-at.json': '{"time": "2026-03-03T12:00:00Z"}\n',
    '/e/a-b.graphql': '# Ask.\n{ viewer { id } }',
  })
  expect(first).toMatchObject({
    name: 'production-at',
    about: 'What was it then?',
    variables: '{"time": "2026-03-03T12:00:00Z"}',
  })
  expect(second).toMatchObject({ about: 'Ask.', variables: null })
  expect(titleOf(first!)).toBe('Production at')
})

test('an operation goes into an address and comes out of it as it was', () => {
  const operation = { query: '# a & b\nquery A($x: Int) { a(x: $x) }', variables: '{"x": "100%"}' }
  expect(readLink(linkTo(operation))).toEqual(operation)
  expect(readLink(linkTo({ query: '{ a }', variables: ' ' }))).toEqual({ query: '{ a }', variables: null })
  expect(readLink('')).toBeNull()
  expect(readLink('#query=%20')).toBeNull()
})

test('what is kept of the history has no headers', () => {
  const asked = { query: '{ a }', variables: '', operationName: 'A' }
  const text = JSON.stringify({ queries: [{ ...asked, headers: '{"Authorization": "Bearer secret"}' }] })
  expect(JSON.parse(withoutHeaders(text))).toEqual({ queries: [asked] })
})
