import type { FetcherOpts, FetcherParams } from '@graphiql/toolkit'
import { parse } from 'graphql'
import { expect, test } from 'vitest'
import { readingTheText } from '../../src/graphiql/fetcher'

const STALE = { documentAST: parse('query Before { node { id } }') }

/** What the fetcher inside is given. */
function given(query: string, operationName: string | null): [FetcherParams, FetcherOpts | undefined] {
  let seen: [FetcherParams, FetcherOpts | undefined] | undefined
  void readingTheText((params, options) => ((seen = [params, options]), Promise.resolve({})))(
    { query, operationName },
    STALE,
  )
  return seen!
}

test('the document is the one that is sent', () => {
  const [, options] = given('subscription Follow { actionEvents { node { id } } }', 'Before')
  expect(options!.documentAST!.definitions[0]).toMatchObject({ operation: 'subscription' })
})

test('a name that no operation has gives way to the only one', () => {
  expect(given('subscription Follow { a }', 'Before')[0].operationName).toBe('Follow')
  expect(given('{ a }', 'Before')[0].operationName).toBeNull()
})

test('of several operations, the one that is named is run, and none is guessed', () => {
  expect(given('query A { a } query B { b }', 'B')[0].operationName).toBe('B')
  expect(given('query A { a } query B { b }', 'Before')[0].operationName).toBeNull()
})

test('what is no document goes as it is', () => {
  const [params, options] = given('query {', 'Before')
  expect(params).toEqual({ query: 'query {', operationName: 'Before' })
  expect(options).toBe(STALE)
})
