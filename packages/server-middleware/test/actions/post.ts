import { ensureAccount } from '../../src/actions/ensure-account.ts'
import type { Effect } from '../../src/domain/event.ts'
import type { Notification } from '../../src/domain/notification.ts'
import type { Deps } from '../../src/ports/deps.ts'
import type { LogFields } from '../../src/ports/logger.ts'
import type { FindRecipients } from '../../src/ports/notifier.ts'
import { alice, openBench } from './deps.ts'

export const day = 86_400_000

export type Post = ReturnType<typeof openPost>

/** A host that hears and writes, with a clock that only moves when it is told to. */
export const openPost = (recipients: FindRecipients | null = () => [{ email: alice.email }]) => {
  const { deps: bench, bank } = openBench()
  let time = Date.UTC(2030, 0, 1, 12)
  let soon: (() => void)[] = []
  let refusesEffect: (effect: Effect) => boolean = () => false
  let refusesMail: (notification: Notification) => boolean = () => false
  const told: Effect[] = []
  const sent: string[] = []
  const notifications: Notification[] = []
  const logs: { event: string; fields: LogFields }[] = []
  const log = (fields: LogFields, event: string) => void logs.push({ event, fields })
  const deps: Deps = {
    ...bench,
    logger: { info: log, warn: log, error: log },
    clock: {
      now: () => new Date(time),
      after: (_milliseconds, work) => {
        soon.push(work)
        return () => {}
      },
    },
    listener: {
      async hear(effect) {
        if (refusesEffect(effect)) throw new Error('nobody listens')
        told.push(effect)
      },
    },
    correspondence: {
      notifier: {
        async send(notification) {
          if (refusesMail(notification)) throw new Error('no such mailbox')
          notifications.push(notification)
          sent.push(`${notification.kind} ${notification.recipient.email}`)
        },
      },
      recipients,
      operators: ['ops@example.com'],
    },
  }
  return {
    deps,
    bank,
    told,
    sent,
    notifications,
    keysTold: () => told.map(({ key }) => key),
    logged: (name: string) => logs.flatMap(({ event, fields }) => (event === name ? [fields] : [])),
    refuses: (which: (effect: Effect) => boolean) => {
      refusesEffect = which
    },
    refusesMail: (which: (notification: Notification) => boolean) => {
      refusesMail = which
    },
    now: () => time,
    passes: (milliseconds: number) => {
      time += milliseconds
    },
    /** What was to be done after an answer is never done: the process is gone. */
    forgets: () => {
      soon = []
    },
    /** What was to be done after an answer is done. */
    settles: async () => {
      while (soon.length > 0) {
        const due = soon
        soon = []
        for (const work of due) work()
        await new Promise((resolve) => setTimeout(resolve, 5))
      }
    },
    signsUp: () => ensureAccount(deps, alice),
  }
}
