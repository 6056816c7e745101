/** How often something is tried: often enough for every change, or ten times as often with `npm test -- --deep`. */
export const depth = (usual: number, deep: number): number => (process.env.PAYWRIGHT_TEST_DEEP === '1' ? deep : usual)
