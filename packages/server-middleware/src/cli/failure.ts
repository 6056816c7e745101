/** Something that the person at the keyboard can mend: its message is all they need. */
export class Failure extends Error {
  override readonly name = 'Failure'
}

/** A command that is not understood. */
export class Misuse extends Failure {}
