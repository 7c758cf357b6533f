import { useState } from 'react'
import { usePages } from '../../api/hooks'
import { AliasChip } from '../../ui/Chip'
import { Icon } from '../../ui/Icon'
import { LoadMore } from '../../ui/LoadMore'
import { ErrorNote } from '../../ui/Note'
import { Popover } from '../../ui/Popover'
import { Skeleton } from '../../ui/Skeleton'
import { Time } from '../../ui/Time'
import { useDebounced } from '../../ui/useDebounced'
import { useListbox } from '../../ui/useListbox'
import { versionWanted } from './address'
import { choicesFor } from './choices'
import { VERSION_CHOICES } from './operations'

const PAGE = 50

interface VersionPickerProps {
  collectionId: string
  /** The version that is shown; null: none is. */
  version: string | null
  aliases: string[]
  onPick: (version: string) => void
}

/** The dropdown beside a collection's name: which of its versions is shown. */
export function VersionPicker({ collectionId, version, aliases, onPick }: VersionPickerProps) {
  const [first] = aliases
  return (
    <Popover
      label={version ? `Version ${version}, choose another` : 'Choose a version'}
      className="button version-button"
      button={
        <>
          <strong>{version ?? 'Version'}</strong>
          {first && <AliasChip name={first} />}
          {aliases.length > 1 && <span className="quiet">+{aliases.length - 1}</span>}
          <Icon name="chevron-down" size={14} />
        </>
      }
    >
      {(close) => (
        <VersionList
          collectionId={collectionId}
          version={version}
          onPick={(picked) => {
            close()
            onPick(picked)
          }}
        />
      )}
    </Popover>
  )
}

function VersionList({ collectionId, version, onPick }: Omit<VersionPickerProps, 'aliases'>) {
  const [text, setText] = useState('')
  const wanted = useDebounced(versionWanted(text))
  const pages = usePages(
    VERSION_CHOICES,
    { ref: { id: collectionId }, first: PAGE, wanted: wanted || 'latest', search: wanted !== '' },
    (result) => result.collection?.versions.pageInfo,
    { keepPrevious: true },
  )
  const answered = wanted === versionWanted(text) && !pages.isPlaceholderData
  const choices = choicesFor(pages.data?.pages ?? [], text, answered)
  const listbox = useListbox(choices.length, (index) => onPick(choices[index]!.version))
  return (
    <>
      <div className="popover-search">
        <Icon name="search" />
        <input
          {...listbox.field}
          aria-label="Find a version"
          placeholder="Version, alias or digest…"
          autoFocus
          autoComplete="off"
          spellCheck={false}
          value={text}
          onChange={(event) => {
            setText(event.target.value)
            listbox.setActive(0)
          }}
          onKeyDown={(event) => {
            listbox.onKeyDown(event)
            const atEnd = event.key === 'ArrowDown' && listbox.active >= choices.length - 2
            if (atEnd && pages.hasNextPage && !pages.isFetchingNextPage) void pages.fetchNextPage()
          }}
        />
      </div>
      {pages.isPending && <Skeleton lines={4} />}
      {pages.isLoadingError && <ErrorNote error={pages.error} retry={pages.refetch} />}
      {pages.data && choices.length === 0 && (
        <p className="popover-none quiet">No version, alias or digest of that name.</p>
      )}
      <ul {...listbox.list} className="option-list" aria-label="Versions">
        {choices.map((choice, index) => (
          <li key={choice.id} {...listbox.option(index)}>
            <span className="option-check">{choice.version === version && <Icon name="check" />}</span>
            <strong>{choice.version}</strong>
            <span className="chips option-chips">
              {choice.aliases.map(({ name }) => (
                <AliasChip key={name} name={name} />
              ))}
            </span>
            <span className="quiet option-end">{choice.createdAt && <Time at={choice.createdAt} />}</span>
          </li>
        ))}
        {pages.hasNextPage && (
          <li role="presentation" className="option-more">
            <LoadMore {...pages} />
          </li>
        )}
      </ul>
    </>
  )
}
