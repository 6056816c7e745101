/** A passage and where it stands. */
export type Passage = { source: string; text: string }

/** The documents that the agent has read: those of a boatyard that nobody has told about artificial intelligence. */
export const shelf: readonly Passage[] = [
  {
    source: 'Yard handbook, page 3',
    text: 'Holiday is twenty-eight days a year, and may not be taken on a day with a spring tide. Everybody tries it once.',
  },
  {
    source: 'Yard handbook, page 7',
    text: 'The working day begins at half past seven, or when the kettle has boiled, whichever is later.',
  },
  {
    source: 'Yard handbook, page 12',
    text: 'Expenses are paid back on Friday against a receipt. Rope needs no receipt; rope is always needed.',
  },
  {
    source: 'Price list, spring',
    text: 'A hull costs forty a foot to paint, two coats. A third coat is free if the customer sands it with us.',
  },
  {
    source: 'Price list, spring',
    text: 'A mooring is ninety a month with water and light. Refunds for unused weeks are given without a fuss.',
  },
  {
    source: 'Harbour log, 14 March',
    text: 'Wind north-west, rain until noon, weather clearing after. The Marigold left with the tide and forgot its cook.',
  },
  {
    source: 'Harbour log, 2 June',
    text: 'The crane is booked until the ninth. The heron on the crane has no booking, and has been told so.',
  },
  {
    source: 'Letter from the insurer',
    text: 'Boats on land are insured against fire, theft and storm; not against paint bought on the same day as it is applied.',
  },
  {
    source: 'Safety notice, slipway',
    text: 'Nobody works under a boat alone. In an emergency pull the red cord, then shout; the cord is not connected yet.',
  },
  {
    source: 'Minutes, annual meeting',
    text: 'It was decided to buy software for the invoices. It was decided, too, to keep the notebook, in case the software is wrong.',
  },
]
