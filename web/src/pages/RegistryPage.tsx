export default function RegistryPage(_: { path: string; tab: string }) {
  return null
}
