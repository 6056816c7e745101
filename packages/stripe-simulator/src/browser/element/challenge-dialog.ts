import { freshId, make } from './dom.ts'
import type { Messages } from './messages.ts'
import { wearStyles } from './styles.ts'

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

/** Where there is no modal dialog (jsdom), an open one does. */
const show = (dialog: HTMLDialogElement): void => {
  if ('showModal' in dialog) dialog.showModal()
  else (dialog as HTMLDialogElement).open = true
}

/** The bank's question as a modal dialog. Whoever closes it with Escape has failed it. */
export const askChallenge = (question: ChallengeQuestion): Promise<'complete' | 'fail'> =>
  new Promise((resolve) => {
    const before = document.activeElement
    const takeStylesOff = wearStyles()
    const dialog = createDialog(question)
    const end = (outcome: 'complete' | 'fail'): void => {
      dialog.remove()
      takeStylesOff()
      if (before instanceof HTMLElement) before.focus()
      resolve(outcome)
    }
    dialog.addEventListener('cancel', () => end('fail'))
    for (const choice of dialog.querySelectorAll('button')) {
      choice.addEventListener('click', () => end(choice.value === 'complete' ? 'complete' : 'fail'))
    }
    document.body.append(dialog)
    show(dialog)
  })
