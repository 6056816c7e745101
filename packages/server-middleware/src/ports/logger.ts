/** Structured logs: an event's name with its fields. pino fits. */
export interface Logger {
  info(fields: LogFields, event: string): void
  warn(fields: LogFields, event: string): void
  error(fields: LogFields, event: string): void
}

export type LogFields = Readonly<Record<string, unknown>>
