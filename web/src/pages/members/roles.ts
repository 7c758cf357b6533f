import type { Role } from '../../api/generated/graphql'

/** What a role lets somebody do, from the most to the least. */
export const MAY: Record<Role, string> = {
  ADMIN: 'everything, members and protected aliases included',
  MEMBER: 'log, link, and move aliases that are not protected',
  VIEWER: 'see everything in it',
  RESTRICTED_VIEWER: 'see what is linked, but not where it comes from',
}

export const ROLES = Object.keys(MAY) as Role[]
