/** How much of something a run has: enough for every change, or more with `npm test -- --deep`. */
export const depth = <T>(usual: T, deep: T): T => (process.env.PAYWRIGHT_TEST_DEEP === '1' ? deep : usual)
