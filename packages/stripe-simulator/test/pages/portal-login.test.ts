import { describe, expect, it } from 'vitest'
import { createCatalog, createPayer } from '../support/catalog.ts'
import { openSimulator } from '../support/open-simulator.ts'

const openLogin = async () => {
  const open = await openSimulator()
  const { stripe } = open
  const configurations = stripe.billingPortal.configurations
  const configuration = await configurations.create({
    features: { invoice_history: { enabled: true } },
    login_page: { enabled: true },
  })
  const logsIn = (email: string) =>
    fetch(String(configuration.login_page.url), {
      method: 'POST',
      body: new URLSearchParams({ email }),
      redirect: 'manual',
    })
  return { ...open, configurations, configuration, logsIn }
}

describe('the login page of a portal', () => {
  it('lets in whoever has the address, as a customer with a subscription sooner than another', async () => {
    await using open = await openLogin()
    const { basic } = await createCatalog(open.stripe)
    const payer = await createPayer(open.stripe)
    await open.stripe.subscriptions.create({ customer: payer.id, items: [{ price: basic.id }] })
    await open.stripe.customers.create({ email: 'ada@example.com' })
    const page = await fetch(String(open.configuration.login_page.url))
    expect(await page.text()).toContain('Manage your billing')
    const answer = await open.logsIn('Ada@example.com')
    expect(answer.status).toBe(303)
    const [session] = open.simulator.objects('billing_portal.session')
    expect(session).toMatchObject({ customer: payer.id, configuration: open.configuration.id })
    expect(answer.headers.get('location')).toBe(session?.url)
  })

  it('says so when nobody has it', async () => {
    await using open = await openLogin()
    const answer = await open.logsIn('nobody@example.com')
    expect(answer.status).toBe(422)
    expect(open.simulator.objects('billing_portal.session')).toEqual([])
  })

  it('is gone when it is turned off, and has one address', async () => {
    await using open = await openLogin()
    const { id, login_page } = open.configuration
    const off = await open.configurations.update(id, { login_page: { enabled: false } })
    expect(off.login_page).toEqual({ enabled: false, url: null })
    expect((await fetch(String(login_page.url))).status).toBe(404)
    const on = await open.configurations.update(id, { login_page: { enabled: true } })
    expect(on.login_page.url).toBe(login_page.url)
  })
})
