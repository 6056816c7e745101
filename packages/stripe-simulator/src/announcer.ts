import type { StripeEvent, WebhookEndpoint } from './domain/objects/account.ts'
import type { Journal } from './store/journal.ts'

export interface RequestMark {
  readonly id: string | null
  readonly idempotency_key: string | null
}

export const automatic: RequestMark = { id: null, idempotency_key: null }

/** Tells endpoints of events, when what they tell of has really happened. */
export interface Announcer {
  /** Whose doing the events are from here on: a request's, or nobody's. */
  mark(request: RequestMark): void
  request(): RequestMark
  publish(event: StripeEvent, endpoints: readonly WebhookEndpoint[]): void
  /** Runs `work`; when it throws, neither its changes nor its events remain, unless what it threw is one to keep. */
  atomically<T>(work: () => T, keeps?: (cause: unknown) => boolean): T
}

export interface AnnouncerParts {
  readonly journal: Journal
  readonly send: Announcer['publish']
  /** Called when a change is about to stay: what follows from it belongs to it. */
  readonly beforeCommit: () => void
}

const keepsNothing = (): boolean => false

export const createAnnouncer = ({ journal, send, beforeCommit }: AnnouncerParts): Announcer => {
  let request = automatic
  let held: Parameters<Announcer['publish']>[] | undefined
  const publish: Announcer['publish'] = (event, endpoints) => {
    if (held) held.push([event, endpoints])
    else send(event, endpoints)
  }
  const publishAll = (events: readonly Parameters<Announcer['publish']>[]): void => {
    for (const [event, endpoints] of events) publish(event, endpoints)
  }
  return {
    publish,
    request: () => request,
    mark: (next) => {
      request = next
    },
    atomically: (work, keeps = keepsNothing) => {
      const savepoint = journal.savepoint()
      const outer = held
      const events: Parameters<Announcer['publish']>[] = []
      held = events
      const finish = (kept: boolean): void => {
        if (kept && !outer) beforeCommit()
        held = outer
        if (!kept) savepoint.rollback()
        savepoint.release()
        if (kept) publishAll(events)
      }
      try {
        const result = work()
        finish(true)
        return result
      } catch (cause) {
        finish(keeps(cause))
        throw cause
      }
    },
  }
}
