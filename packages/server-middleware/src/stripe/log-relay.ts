import type { Logger } from '../ports/logger.ts'

/** A logger that passes everything on to the one it was last told of; before that, nobody listens. */
export type LogRelay = Logger & { to: (logger: Logger) => void }

export const createLogRelay = (first: Logger | undefined): LogRelay => {
  let target = first
  return {
    info: (fields, event) => target?.info(fields, event),
    warn: (fields, event) => target?.warn(fields, event),
    error: (fields, event) => target?.error(fields, event),
    to: (logger) => {
      target = logger
    },
  }
}
