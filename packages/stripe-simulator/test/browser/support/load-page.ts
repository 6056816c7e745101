import { loadStripe } from '@stripe/stripe-js'

/** A page that gets Stripe as every page does, and pays with a form that has its intent from the start. */
Object.assign(window, {
  mountForm: async (publishableKey: string, clientSecret: string) => {
    const stripe = await loadStripe(publishableKey)
    const elements = stripe?.elements({ clientSecret })
    elements?.create('payment').mount('#root')
    return (returnUrl: string) =>
      elements &&
      stripe?.confirmPayment({ elements, redirect: 'if_required', confirmParams: { return_url: returnUrl } })
  },
})
