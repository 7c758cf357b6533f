import type { CollectionPlace } from '../app/paths'

export default function CollectionPage(_: { place: CollectionPlace; version: string | undefined; tab: string | undefined }) {
  return null
}
