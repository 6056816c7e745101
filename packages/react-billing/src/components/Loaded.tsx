import type { ReactNode } from 'react'
import type { Loadable } from '../hooks/loadable.ts'
import { useText } from '../hooks/useText.ts'
import type { PlainKey } from '../lib/messages.ts'
import { Loading } from './Loading.tsx'
import { Trouble } from './Trouble.tsx'

type LoadedProps<Value> = {
  of: Loadable<Value>
  loading: PlainKey
  /** How many lines hold the place. */
  lines: number
  failed: PlainKey
  children: (value: Value) => ReactNode
}

/** What was asked for, or why it isn't there. */
export const Loaded = <Value,>({ of, loading, lines, failed, children }: LoadedProps<Value>) => {
  const { t } = useText()
  if (of.state === 'ready') return children(of.value)
  if (of.state === 'error') return <Trouble error={of.error} otherwise={failed} onRetry={of.retry} />
  return <Loading label={t(loading)} lines={lines} />
}
