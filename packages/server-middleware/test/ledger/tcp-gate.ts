import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** A way to a database that can be closed: while it is, nothing gets through and nobody is told. */
export type TcpGate = AsyncDisposable & {
  port: number
  close(): void
  open(): void
  /** Breaks every connection that is there; new ones pass. */
  cut(): void
}

export const openGate = async (target: { host: string; port: number }): Promise<TcpGate> => {
  const sockets = new Set<Socket>()
  let isOpen = true
  const add = (socket: Socket, partner: Socket) => {
    sockets.add(socket)
    socket.on('error', () => partner.destroy())
    socket.on('close', () => {
      sockets.delete(socket)
      partner.destroy()
    })
    socket.on('data', (chunk) => partner.write(chunk))
    if (!isOpen) socket.pause()
  }
  const server = createServer((inside) => {
    const outside = connect(target)
    add(inside, outside)
    add(outside, inside)
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const cut = () => {
    for (const socket of sockets) socket.destroy()
  }
  return {
    port: (server.address() as AddressInfo).port,
    close() {
      isOpen = false
      for (const socket of sockets) socket.pause()
    },
    open() {
      isOpen = true
      for (const socket of sockets) socket.resume()
    },
    cut,
    async [Symbol.asyncDispose]() {
      cut()
      server.close()
      await once(server, 'close')
    },
  }
}
