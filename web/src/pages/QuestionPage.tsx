import { useState, type FormEvent } from 'react'
import { Link, useSearchParams } from 'wouter'
import { TypedDocumentString } from '../api/generated/graphql'
import { useQuery } from '../api/hooks'
import { paths } from '../app/paths'
import { useTitle } from '../app/useTitle'
import { CopyButton } from '../ui/CopyButton'
import { Field } from '../ui/Field'
import { JsonSection } from '../ui/JsonSection'
import { Table } from '../ui/Table'
import { Breadcrumbs, SectionState } from './Loading'
import NotFoundPage from './NotFoundPage'
import { SAVED_QUESTIONS } from './questions/operations'
import { isRequired, rowsOf, told, type Variable } from './questions/values'

interface Question {
  name: string
  description: string
  text: string
  variables: Variable[]
}

/** One saved question: a form of what it wants to be told, and its answer. The address has both, so it is a link. */
export default function QuestionPage({ name }: { name: string }) {
  useTitle(name, 'Questions')
  const { data, error, refetch } = useQuery(SAVED_QUESTIONS, {})
  if (!data) return <SectionState error={error} retry={refetch} />
  const question = data.savedQuestions.find((each) => each.name === name)
  return question ? <Asked question={question} /> : <NotFoundPage what="question" />
}

function Asked({ question }: { question: Question }) {
  const { name, description, text, variables } = question
  const [parameters, setParameters] = useSearchParams()
  const [draft, setDraft] = useState(() => new Map(variables.map((each) => [each.name, parameters.get(each.name)])))
  const [tried, setTried] = useState(false)
  const { errors, isWhole } = told(variables, (each) => draft.get(each) ?? null)
  const asked = told(variables, (each) => parameters.get(each))
  // Of its own accord only what the address asks: a question without variables, or a link with them.
  const isAsked = asked.isWhole && (variables.length === 0 || parameters.has('ask'))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (!isWhole) return
    setParameters(() => {
      const given = variables.flatMap(({ name }) => (draft.get(name) ? [[name, draft.get(name)!]] : []))
      return new URLSearchParams([...given, ['ask', '']])
    })
  }
  return (
    <div className="page">
      <Breadcrumbs>
        <Link href={paths.questions}>Questions</Link>
      </Breadcrumbs>
      <header className="page-header">
        <h1>{name}</h1>
        <CopyButton text={text} what="the query" label="Copy query" />
      </header>
      {description && <p>{description}</p>}
      {variables.length > 0 && (
        <form className="action card section" onSubmit={submit} noValidate>
          {variables.map((variable) => (
            <Field
              key={variable.name}
              label={variable.name}
              optional={!isRequired(variable)}
              hint={variable.default == null ? variable.type : `${variable.type}, ${variable.default} unless given`}
              error={errors[variable.name] ?? (tried && missing(variable, draft) ? 'This is needed.' : null)}
            >
              {(control) => (
                <input
                  {...control}
                  type="text"
                  value={draft.get(variable.name) ?? ''}
                  onChange={(event) => setDraft(new Map(draft).set(variable.name, event.target.value))}
                />
              )}
            </Field>
          ))}
          <div className="dialog-actions">
            <button type="submit" className="button button-primary">
              Ask
            </button>
          </div>
        </form>
      )}
      {isAsked && <Answer text={text} values={asked.values} />}
    </div>
  )
}

const missing = (variable: Variable, draft: Map<string, string | null>) =>
  isRequired(variable) && !draft.get(variable.name)

function Answer({ text, values }: { text: string; values: Record<string, unknown> }) {
  const document = new TypedDocumentString<object, Record<string, unknown>>(text)
  const { data, error, refetch } = useQuery(document, values)
  if (!data) return <SectionState error={error} retry={refetch} />
  const rows = rowsOf(data)
  return (
    <>
      {rows && (
        <Table
          label={rows.path || 'Answer'}
          columns={rows.columns.map((title) => ({
            title,
            cell: (row: { values: (typeof rows.rows)[number] }) => {
              const value = row.values[title]
              return value === null || value === undefined ? '' : String(value)
            },
          }))}
          rows={rows.rows.map((each, at) => ({ at, values: each }))}
          rowKey={({ at }) => String(at)}
        />
      )}
      <JsonSection label="Answer" heading value={data} />
    </>
  )
}
