import { lazy, Suspense, useEffect, useRef } from 'react'

const TopUp = lazy(async () => ({ default: (await import('@paywright/react-billing/payment')).TopUp }))

/** Where uses are bought. Stripe's form is fetched when somebody wants to pay; the focus goes there with them. */
export const Till = ({ onPaid }: { onPaid?: (() => void) | undefined }) => {
  const place = useRef<HTMLElement>(null)
  useEffect(() => {
    place.current?.focus({ preventScroll: true })
    place.current?.scrollIntoView({ block: 'nearest' })
  }, [])
  return (
    <section ref={place} className="card till" aria-label="Buy uses" tabIndex={-1}>
      <Suspense fallback={<div className="till-coming" />}>
        <TopUp {...(onPaid && { onSuccess: onPaid })} />
      </Suspense>
    </section>
  )
}
