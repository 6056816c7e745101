import { createServer, type Server } from 'node:http'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

/** A page of the host, written in React, as one script. */
export const bundlePage = async (page: URL): Promise<string> => {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(page)],
    bundle: true,
    write: false,
    format: 'iife',
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"development"' },
  })
  return outputFiles[0]?.text ?? ''
}

interface Site {
  /** What is at any path that no file has. */
  readonly html: string
  /** Path to type and body. */
  readonly files: Readonly<Record<string, readonly [string, string]>>
  readonly headers?: Readonly<Record<string, string>>
}

/** A host's site on a free port. */
export const serveSite = ({ html, files, headers }: Site): Promise<Server> =>
  new Promise((resolve) => {
    const server = createServer(({ url = '/' }, response) => {
      const [type, body] = files[url] ?? ['text/html', html]
      response.writeHead(200, { 'Content-Type': type, ...headers }).end(body)
    })
    server.listen(0, '127.0.0.1', () => resolve(server))
  })
