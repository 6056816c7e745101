import type { ReactNode } from 'react'
import type { Person } from '../server/person.ts'
import { Link } from './Link.tsx'
import { readWhereItRuns } from './where-it-runs.ts'

type ShellProps = { person: Person | null; onLeave: () => Promise<void>; children: ReactNode }

export const Shell = ({ person, onLeave, children }: ShellProps) => {
  const { forgets, simulatorUrl } = readWhereItRuns()
  return (
    <>
      <a className="skip" href="#content">
        Skip to the content
      </a>
      {forgets && <ForgetfulStore />}
      <header className="top">
        <Link to="/" className="brand">
          <img src="/askwell.svg" alt="" width="24" height="24" />
          Askwell
        </Link>
        <nav aria-label="Pages" className="pages">
          <Link to="/">Ask</Link>
          <Link to="/plans">Plans</Link>
          <Link to="/account">Account</Link>
        </nav>
        {person && (
          <p className="person">
            <span className="person-name">{person.name}</span>
            <button type="button" className="pw-button small" onClick={() => void onLeave()}>
              Sign out
            </button>
          </p>
        )}
      </header>
      <main id="content" tabIndex={-1}>
        {children}
      </main>
      <footer className="bottom">
        <p>Askwell is the demo of Paywright.</p>
        {simulatorUrl && (
          <p>
            Payments are simulated. <a href={simulatorUrl}>What the simulated Stripe saw</a>
          </p>
        )}
      </footer>
    </>
  )
}

const ForgetfulStore = () => (
  <p className="forgets" role="note">
    <strong>No database.</strong> Everything here is kept in memory and forgotten when the demo stops.
  </p>
)
