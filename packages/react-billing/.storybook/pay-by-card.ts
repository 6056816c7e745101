import { screen, userEvent, within } from 'storybook/test'

type Canvas = ReturnType<typeof within>

/** Types a card into the simulated Payment Element, as a buyer would. */
export const enterCard = async (canvas: Canvas, number: string): Promise<void> => {
  const field = await canvas.findByRole('textbox', { name: 'Card number' }, { timeout: 4000 })
  await userEvent.clear(field)
  await userEvent.type(field, number)
  await fill(canvas, 'Expiration date', '1234')
  await fill(canvas, 'Security code', '123')
  await fill(canvas, 'ZIP code', '94103')
}

const fill = async (canvas: Canvas, name: string, text: string): Promise<void> => {
  const field = canvas.queryByRole('textbox', { name })
  if (!(field instanceof HTMLInputElement) || field.value !== '') return
  await userEvent.type(field, text)
}

/** Answers the bank's question, which stands above the page. */
export const answerChallenge = async (answer: 'Complete' | 'Fail'): Promise<void> => {
  const dialog = await screen.findByRole('dialog', { name: 'Confirm this payment with your bank' })
  await userEvent.click(within(dialog).getByRole('button', { name: answer }))
}
