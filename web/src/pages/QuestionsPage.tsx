import { Link } from 'wouter'
import { useQuery } from '../api/hooks'
import { paths } from '../app/paths'
import { useTitle } from '../app/useTitle'
import { Empty } from '../ui/Note'
import { SectionState } from './Loading'
import { SAVED_QUESTIONS } from './questions/operations'
import './search/search.css'

/** All saved questions, each a link. */
export default function QuestionsPage() {
  useTitle('Questions')
  const { data, error, refetch } = useQuery(SAVED_QUESTIONS, {})
  const questions = data?.savedQuestions
  return (
    <div className="page">
      <h1>Questions</h1>
      {!questions && <SectionState error={error} retry={refetch} />}
      {questions?.length === 0 && (
        <Empty icon="search" title="No questions are saved here">
          <p>
            Whoever runs the server saves them: each <code>*.graphql</code> file in the folder of trusted documents that
            asks one query is a question. <code>GQLREGISTRY_DOCUMENTS</code> says where the folder is, and{' '}
            <code>GQLREGISTRY_TRUSTED_DOCUMENTS=allow</code> that it counts.
          </p>
        </Empty>
      )}
      {questions && questions.length > 0 && (
        <ul className="hit-list card">
          {questions.map(({ name, description }) => (
            <li key={name}>
              <Link href={paths.question(name)}>
                <strong>{name}</strong>
                {description && <span className="hit-about quiet">{description}</span>}
              </Link>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
