/** Its own types only speak of a module named mongoose; what the tests use of them is the same in 9. */
declare module 'mongoose-8' {
  export const mongoose: typeof import('mongoose')
}
