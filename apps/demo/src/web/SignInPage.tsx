import { type FormEvent, useState } from 'react'
import { Heading } from './Heading.tsx'

type SignInPageProps = { onEnter: (name: string) => Promise<void> }

export const SignInPage = ({ onEnter }: SignInPageProps) => {
  const [trouble, setTrouble] = useState('')
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const name = String(new FormData(event.currentTarget).get('name')).trim()
    if (name === '') return setTrouble('Type a name first.')
    onEnter(name).catch(() => setTrouble('The server doesn’t answer. Try again in a moment.'))
  }
  return (
    <div className="page page-narrow">
      <Heading>Ask your documents</Heading>
      <p className="lead">Askwell has read the yard’s papers, all of them, and answers with its source.</p>
      <form className="card sign-in" onSubmit={submit} noValidate>
        <label htmlFor="name">Your name</label>
        <input id="name" name="name" autoComplete="username" maxLength={60} aria-describedby="name-note" />
        <p id="name-note" className="note">
          Three questions are free. There is no password: this is a demo, and each name is an account.
        </p>
        <p className="trouble" role="alert">
          {trouble}
        </p>
        <button type="submit" className="pw-button" data-kind="primary">
          Sign in
        </button>
      </form>
    </div>
  )
}
