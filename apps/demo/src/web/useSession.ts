import { useEffect, useState } from 'react'
import type { Person } from '../server/person.ts'
import { readPerson, signIn, signOut } from './api.ts'

/** `person` is undefined until the server has said who it is, null when nobody is signed in. */
export type Session = {
  person: Person | null | undefined
  enter: (name: string) => Promise<void>
  leave: () => Promise<void>
}

export const useSession = (): Session => {
  const [person, setPerson] = useState<Person | null>()
  useEffect(() => {
    readPerson().then(setPerson, () => setPerson(null))
  }, [])
  return {
    person,
    enter: async (name) => setPerson(await signIn(name)),
    leave: async () => {
      await signOut()
      setPerson(null)
    },
  }
}
