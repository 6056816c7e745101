/** What a reader does with a block of code: write a file, run a command (and wait, or leave it running), compare. */
export type Step =
  | { kind: 'file'; name: string; text: string }
  | { kind: 'command'; text: string }
  | { kind: 'running'; text: string }
  | { kind: 'afterPayment'; text: string }
  | { kind: 'answer'; text: string }

const block = /^```(\w+)(?: (\S+))?\n([\s\S]*?)^```$/gm

/** The blocks of a tutorial, in their order. Each has a meaning by its language and what stands behind it. */
export const readSteps = (markdown: string): Step[] =>
  [...markdown.matchAll(block)].map(([, language = '', mark = '', text = '']) => toStep(language, mark, text))

const toStep = (language: string, mark: string, text: string): Step => {
  if (mark === 'running') return { kind: 'running', text }
  if (mark === 'paid') return { kind: 'afterPayment', text }
  if (mark !== '') return { kind: 'file', name: mark, text }
  if (language === 'sh') return { kind: 'command', text }
  if (language === 'json') return { kind: 'answer', text }
  throw new Error(`The tutorial has a block that nobody can follow: ${language} ${mark}`)
}
