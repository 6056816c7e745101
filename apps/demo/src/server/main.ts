import cookieSession from 'cookie-session'
import express from 'express'
import { answerTo } from './agent.ts'
import billing from './billing.ts'
import { personNamed } from './person.ts'
import { requireQuestion } from './require-question.ts'
import { webPage } from './web-page.ts'

const app = express()
app.use(cookieSession({ name: 'session', secret: process.env.SESSION_SECRET ?? 'for the demo only', sameSite: 'lax' }))

app.use('/billing', billing.router)

app.get('/session', (req, res) => {
  res.json({ person: req.session?.person ?? null })
})

app.post('/session', express.json(), (req, res) => {
  const person = personNamed(req.body?.name)
  if (person) req.session = { person }
  res.status(person ? 201 : 400).json({ person })
})

app.delete('/session', (req, res) => {
  req.session = null
  res.status(204).end()
})

app.post('/api/ask', express.json(), requireQuestion, billing.guards.chargeCredits(1), (req, res) => {
  res.json(answerTo(req.body.question))
})

app.use(webPage())

const server = app.listen(Number(process.env.PORT ?? 3000))
billing.worker.start()

const end = async (): Promise<void> => {
  await billing.worker.stop()
  await billing.close()
  process.exit()
}

process.once('SIGTERM', () => {
  server.close(() => void end())
  server.closeIdleConnections()
})
