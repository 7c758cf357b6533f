import { graphql } from './generated'
import { useQuery } from './hooks'

const PEOPLE = graphql(`
  query People {
    users(first: 100) {
      nodes {
        ...Person
      }
    }
  }
`)

/** Whom a form may offer: the first of the server's users. Others can be named all the same. */
export function usePeople() {
  const { data } = useQuery(PEOPLE, {}, { staleTime: 60_000 })
  return data?.users.nodes
}
