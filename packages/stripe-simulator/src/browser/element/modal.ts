import { wearStyles } from './styles.ts'

export interface Modal {
  readonly close: () => void
}

/** Where there is no modal dialog (jsdom), an open one does. */
const show = (dialog: HTMLDialogElement): void => {
  if ('showModal' in dialog) dialog.showModal()
  else (dialog as HTMLDialogElement).open = true
}

/** A modal dialog: the focus moves in, and back to where it was. `onEscape` hears that it was left by the Escape key. */
export const openModal = (dialog: HTMLDialogElement, onEscape: () => void): Modal => {
  const before = document.activeElement
  const takeStylesOff = wearStyles()
  let isOpen = true
  const close = (): void => {
    if (!isOpen) return
    isOpen = false
    dialog.remove()
    takeStylesOff()
    if (before instanceof HTMLElement) before.focus()
  }
  dialog.addEventListener('cancel', (event) => {
    event.preventDefault()
    close()
    onEscape()
  })
  document.body.append(dialog)
  show(dialog)
  return { close }
}
