export default function RunPage(_: { path: string; tab: string | undefined }) {
  return null
}
