import { usePages } from '../../api/hooks'
import { useParameters } from '../../app/useParameters'
import { Copyable } from '../../ui/Facts'
import { FilterField } from '../../ui/FilterField'
import { formatBytes, formatCount, shortDigest, shortName } from '../../ui/format'
import { Icon } from '../../ui/Icon'
import { LoadMore } from '../../ui/LoadMore'
import { Empty } from '../../ui/Note'
import { Table } from '../../ui/Table'
import { useDebounced } from '../../ui/useDebounced'
import { SectionState } from '../Loading'
import type { CollectionHead } from './CollectionDialogs'
import { FILES } from './versionOperations'

const PAGE = 100

interface FilesTabProps {
  collection: CollectionHead
  version: string
}

/** The files of a version, to be downloaded one by one. */
export function FilesTab({ collection, version }: FilesTabProps) {
  const [parameters, set] = useParameters()
  const text = parameters.get('path') ?? ''
  const wanted = useDebounced(text)
  const pages = usePages(
    FILES,
    { ref: { id: collection.id }, version, first: PAGE, filter: wanted ? { pathContains: wanted } : null },
    (result) => result.collection?.version?.artifact.files.pageInfo,
    { keepPrevious: true },
  )
  const files = pages.data?.pages.flatMap((page) => page.collection?.version?.artifact.files.nodes ?? [])
  const count = pages.data?.pages[0]?.collection?.version?.artifact.files.totalCount ?? 0
  return (
    <section className="section" aria-label="Files">
      <div className="filters">
        <FilterField label="Filter by path" value={text} onChange={(path) => set('path', path)} />
        {pages.data && <span className="quiet">{formatCount(count, 'file')}</span>}
      </div>
      {!files && <SectionState error={pages.error} retry={pages.refetch} />}
      {files?.length === 0 && <Empty icon="file" title={wanted ? 'No file with this in its path' : 'No files'} />}
      {files && files.length > 0 && (
        <Table
          label="Files"
          rows={files}
          rowKey={({ path }) => path}
          columns={[
            { title: 'Path', cell: ({ path }) => <FilePath path={path} /> },
            { title: 'Size', numeric: true, cell: ({ size }) => formatBytes(size) },
            {
              title: 'Digest',
              secondary: true,
              cell: ({ digest }) => <Copyable text={digest} shown={shortDigest(digest)} what="digest" />,
            },
            {
              title: '',
              numeric: true,
              cell: (file) =>
                file.reference ? (
                  <Reference address={file.reference} />
                ) : (
                  <a
                    className="button button-small"
                    href={file.url}
                    download={shortName(file.path)}
                    aria-label={`Download ${file.path}`}
                  >
                    <Icon name="download" size={14} /> <span className="wide-only">Download</span>
                  </a>
                ),
            },
          ]}
        />
      )}
      <LoadMore {...pages} />
    </section>
  )
}

function FilePath({ path }: { path: string }) {
  const name = shortName(path)
  return (
    <span className="file-path">
      <span className="quiet">{path.slice(0, path.length - name.length)}</span>
      {name}
    </span>
  )
}

/** Bytes that are kept elsewhere. A browser can follow the web's own addresses only. */
function Reference({ address }: { address: string }) {
  if (/^https?:/.test(address))
    return (
      <a className="button button-small" href={address} target="_blank" rel="noreferrer" title={address}>
        <Icon name="external" size={14} /> <span className="wide-only">Open</span>
      </a>
    )
  return <Copyable text={address} shown={address.length > 32 ? `${address.slice(0, 32)}…` : address} what="address" />
}
