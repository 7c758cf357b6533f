import { explain, GraphQLError } from '../api/client'

/** What is wrong with one control: the message of an error whose field is one of these. */
export function fieldError(error: unknown, ...fields: string[]): string | null {
  if (!(error instanceof GraphQLError)) return null
  return error.field.some((field) => fields.includes(field)) ? explain(error) : null
}

/** The error, if none of these controls shows it. */
export function otherError(error: unknown, ...shown: string[]): unknown {
  return error && !fieldError(error, ...shown) ? error : null
}

/** Somebody else was quicker: what is on the screen is old. */
export function isConflict(error: unknown): boolean {
  return error instanceof GraphQLError && error.code === 'CONFLICT'
}
