import { freshId, make } from './dom.ts'
import type { Messages } from './messages.ts'
import { openModal } from './modal.ts'

export interface ChallengeQuestion {
  readonly messages: Messages
  /** Already in words: `$5.00`. */
  readonly amount?: string | undefined
}

const button = (label: string, outcome: string): HTMLButtonElement =>
  make('button', { type: 'button', value: outcome, autofocus: outcome === 'complete' }, label)

const createDialog = ({ messages: { challenge, simulated }, amount }: ChallengeQuestion): HTMLDialogElement => {
  const [title, body] = [freshId(), freshId()]
  return make(
    'dialog',
    { class: 'sim-challenge', 'aria-labelledby': title, 'aria-describedby': body },
    make('span', { class: 'sim-ribbon' }, simulated),
    make('h2', { id: title }, challenge.title),
    ...(amount === undefined ? [] : [make('p', { class: 'sim-amount' }, amount)]),
    make('p', { id: body }, challenge.body),
    make('div', { class: 'sim-actions' }, button(challenge.fail, 'fail'), button(challenge.complete, 'complete')),
  )
}

/** The bank's question as a modal dialog. Whoever closes it with Escape has failed it. */
export const askChallenge = (question: ChallengeQuestion): Promise<'complete' | 'fail'> =>
  new Promise((resolve) => {
    const dialog = createDialog(question)
    const modal = openModal(dialog, () => resolve('fail'))
    for (const choice of dialog.querySelectorAll('button')) {
      choice.addEventListener('click', () => {
        modal.close()
        resolve(choice.value === 'complete' ? 'complete' : 'fail')
      })
    }
  })
