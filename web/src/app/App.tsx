import { QueryClientProvider } from '@tanstack/react-query'
import { lazy, useState } from 'react'
import { Route, Switch } from 'wouter'
import { createQueryClient } from '../api/hooks'
import { PageBoundary } from './PageBoundary'
import { Shell } from './Shell'

const HomePage = lazy(() => import('../pages/HomePage'))
const SearchPage = lazy(() => import('../pages/SearchPage'))
const HistoryPage = lazy(() => import('../pages/HistoryPage'))
const QuestionsPage = lazy(() => import('../pages/QuestionsPage'))
const QuestionPage = lazy(() => import('../pages/QuestionPage'))
const RegistryPage = lazy(() => import('../pages/RegistryPage'))
const ProjectPage = lazy(() => import('../pages/ProjectPage'))
const CollectionPage = lazy(() => import('../pages/CollectionPage'))
const RunPage = lazy(() => import('../pages/RunPage'))
const AuthorizePage = lazy(() => import('./AuthorizePage'))
const NotFoundPage = lazy(() => import('../pages/NotFoundPage'))

type RegistryCollection = { organization: string; registry: string; collection: string; version?: string; tab?: string }
type ProjectCollection = { entity: string; project: string; collection: string; version?: string; tab?: string }

/** The pages by their addresses; `paths.ts` makes the same ones. */
export function App() {
  const [client] = useState(createQueryClient)
  return (
    <QueryClientProvider client={client}>
      <Shell>
        <PageBoundary>
          <Switch>
            <Route path="/">
              <HomePage />
            </Route>
            <Route path="/search">
              <SearchPage />
            </Route>
            <Route path="/history">
              <HistoryPage />
            </Route>
            <Route path="/questions">
              <QuestionsPage />
            </Route>
            <Route path="/questions/*">{(rest) => <QuestionPage key={rest['*']} name={rest['*']} />}</Route>
            <Route path="/authorize">
              <AuthorizePage />
            </Route>
            <Route path="/registry/:organization/:registry">
              {({ organization, registry }) => <RegistryPage path={`${organization}/${registry}`} tab="collections" />}
            </Route>
            <Route path="/registry/:organization/:registry/-/:tab">
              {({ organization, registry, tab }) => <RegistryPage path={`${organization}/${registry}`} tab={tab} />}
            </Route>
            <Route<RegistryCollection> path="/registry/:organization/:registry/:collection/:version?/:tab?">
              {({ organization, registry, collection, version, tab }) => (
                <CollectionPage
                  place={{ path: `${organization}/${registry}/${collection}`, kind: 'REGISTRY' }}
                  version={version}
                  tab={tab}
                />
              )}
            </Route>
            <Route path="/projects/:entity/:project">
              {({ entity, project }) => <ProjectPage path={`${entity}/${project}`} tab="runs" />}
            </Route>
            <Route path="/projects/:entity/:project/-/:tab">
              {({ entity, project, tab }) => <ProjectPage path={`${entity}/${project}`} tab={tab} />}
            </Route>
            <Route path="/projects/:entity/:project/runs/:run/:tab?">
              {({ entity, project, run, tab }) => <RunPage path={`${entity}/${project}/${run}`} tab={tab} />}
            </Route>
            <Route<ProjectCollection> path="/projects/:entity/:project/artifacts/:collection/:version?/:tab?">
              {({ entity, project, collection, version, tab }) => (
                <CollectionPage
                  place={{ path: `${entity}/${project}/${collection}`, kind: 'SOURCE' }}
                  version={version}
                  tab={tab}
                />
              )}
            </Route>
            <Route>
              <NotFoundPage />
            </Route>
          </Switch>
        </PageBoundary>
      </Shell>
    </QueryClientProvider>
  )
}
