import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { createInterface } from 'node:readline'

/** A letter as it came over SMTP: to whom, and all its lines. */
export type Delivered = { to: string; source: string; headers: ReadonlyMap<string, string> }

/** A mail server on this machine; `refuse` has addresses that it knows nobody by. */
export type PostOffice = AsyncDisposable & { port: number; letters: readonly Delivered[]; refused: Set<string> }

export const openPostOffice = async (): Promise<PostOffice> => {
  const letters: Delivered[] = []
  const refused = new Set<string>()
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    converse(socket, { letters, refused }).catch(() => socket.destroy())
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    letters,
    refused,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

type Desk = { letters: Delivered[]; refused: ReadonlySet<string> }

const converse = async (socket: Socket, { letters, refused }: Desk): Promise<void> => {
  const say = (line: string) => socket.write(`${line}\r\n`)
  let [to, isData, lines] = ['', false, [] as string[]]
  const command = (line: string): string => {
    const address = /^RCPT TO:<(.*?)>/i.exec(line)?.[1]
    if (address !== undefined && refused.has(address)) return '550 nobody by that name'
    if (address !== undefined) to = address
    isData = /^DATA$/i.test(line)
    if (isData) return '354 go on'
    return /^QUIT/i.test(line) ? '221 bye' : '250 ok'
  }
  say('220 post office')
  for await (const line of createInterface({ input: socket, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (!isData) say(command(line))
    else if (line === '.') {
      letters.push(toDelivered(to, lines))
      ;[isData, lines] = [false, []]
      say('250 kept')
    } else lines.push(line.startsWith('..') ? line.slice(1) : line)
  }
}

const toDelivered = (to: string, lines: readonly string[]): Delivered => {
  const source = lines.join('\n')
  const [head = ''] = source.split('\n\n')
  const unfolded = head.replaceAll(/\n[ \t]+/g, ' ').split('\n')
  const headers = new Map(
    unfolded.map((line) => [line.split(':')[0]?.toLowerCase() ?? '', line.replace(/^[^:]*:\s*/, '')]),
  )
  return { to, source: decoded(source), headers }
}

/** Quoted-printable, which is what letters with longer lines or accents come in. */
const decoded = (source: string): string =>
  Buffer.from(
    source
      .replaceAll('=\n', '')
      .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  ).toString('utf8')
