import { useState } from 'react'
import { explain } from '../api/client'
import { Field } from '../ui/Field'
import { useSignIn } from './session'
import { useTitle } from './useTitle'

/** Asks for an API key. The address stays, so that one gets where one was going. */
export function SignIn() {
  useTitle('Sign in')
  const [key, setKey] = useState('')
  const signIn = useSignIn()
  return (
    <div className="page sign-in">
      <form
        className="card"
        onSubmit={(event) => {
          event.preventDefault()
          if (key.trim()) signIn.mutate(key.trim())
        }}
      >
        <h1>Sign in</h1>
        <p className="quiet">This server asks for an API key. The browser gets a cookie; the key itself is not kept.</p>
        <Field
          label="API key"
          error={signIn.error && explain(signIn.error)}
          hint={
            <>
              Whoever runs the server makes keys with <code>gqlregistry key create NAME</code>.
            </>
          }
        >
          {(control) => (
            <input
              {...control}
              type="password"
              autoComplete="current-password"
              spellCheck={false}
              autoFocus
              required
              value={key}
              onChange={(event) => setKey(event.target.value)}
            />
          )}
        </Field>
        <button type="submit" className="button button-primary" disabled={!key.trim() || signIn.isPending}>
          {signIn.isPending ? 'Signing in…' : 'Sign in'}
        </button>
      </form>
    </div>
  )
}
