export default function ProjectPage(_: { path: string; tab: string }) {
  return null
}
