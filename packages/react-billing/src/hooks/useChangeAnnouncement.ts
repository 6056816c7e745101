import { useState } from 'react'

/** What to read out: `text` as it was when `state` last changed; nothing while it is as it was at first. */
export const useChangeAnnouncement = (state: string, text: string): string => {
  const [last, setLast] = useState({ state, said: '' })
  if (last.state === state) return last.said
  setLast({ state, said: text })
  return text
}
