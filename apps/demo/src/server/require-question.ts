import type { RequestHandler } from 'express'

const longest = 500

/** Stands before the charge: a question that can't be answered costs nothing. */
export const requireQuestion: RequestHandler = (req, res, next) => {
  const question: unknown = req.body?.question
  const isAnswerable = typeof question === 'string' && question.trim() !== '' && question.length <= longest
  if (isAnswerable) next()
  else res.status(400).json({ message: `Ask something in at most ${longest} characters.` })
}
