import { pino } from 'pino'
import type { Logger } from './ports/logger.ts'

const secret = [
  'secretKey',
  'webhookSecret',
  'webhookSecrets',
  'clientSecret',
  'client_secret',
  'authorization',
  'cookie',
]

/** JSON lines on standard output, from LOG_LEVEL (info) up, with secrets blanked wherever they might stand. */
export const defaultLogger = (): Logger =>
  pino({
    name: 'paywright',
    level: process.env.LOG_LEVEL ?? 'info',
    redact: secret.flatMap((name) => [name, `*.${name}`]),
    serializers: { error: pino.stdSerializers.err },
  })
