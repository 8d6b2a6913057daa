import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Router } from './router.svelte'

const ROUTES = {
  home: '/',
  customers: '/customers',
  newCustomer: '/customers/new',
  customer: '/customers/:customer',
  order: '/customers/:customer/orders/:order',
} as const

/** As much of a browser as addresses need; links, Back, focus and scroll are played in Chromium. */
function stubAddress(start: string): { entries: string[] } {
  const entries = [start]
  const url = (): URL => new URL(entries.at(-1) ?? '', 'https://shop.example')
  const go = (to: URL, isNew: boolean): void => {
    if (!isNew) entries.pop()
    entries.push(to.pathname + to.search)
  }
  vi.stubGlobal('location', {
    get href() {
      return url().href
    },
    get pathname() {
      return url().pathname
    },
    get search() {
      return url().search
    },
  })
  vi.stubGlobal('history', {
    state: null,
    pushState: (_: unknown, __: string, to: URL) => go(to, true),
    replaceState: (_: unknown, __: string, to?: URL) => to && go(to, false),
    back: () => entries.pop(),
  })
  vi.stubGlobal('window', { scrollY: 0, scrollTo: () => undefined })
  const heading = { hasAttribute: () => true, focus: () => undefined }
  vi.stubGlobal('document', { querySelector: () => heading, activeElement: null })
  return { entries }
}

beforeEach(() => void stubAddress('/dashboard/'))
afterEach(() => vi.unstubAllGlobals())

const at = (address: string): Router<keyof typeof ROUTES> => {
  stubAddress(address)
  return new Router('/dashboard/', ROUTES)
}

describe('an address gives its page', () => {
  it.each([
    ['/dashboard', 'home', {}],
    ['/dashboard/', 'home', {}],
    ['/dashboard/customers', 'customers', {}],
    ['/dashboard/customers/', 'customers', {}],
    ['/dashboard/customers/new', 'newCustomer', {}],
    ['/dashboard/customers/c1', 'customer', { customer: 'c1' }],
    ['/dashboard/customers/c1/orders/o2', 'order', { customer: 'c1', order: 'o2' }],
    ['/dashboard/customers/caf%C3%A9%20%2F', 'customer', { customer: 'café /' }],
    ['/dashboard/customers/%zz', 'customer', { customer: '%zz' }],
    ['/dashboard/nowhere', undefined, {}],
    ['/dashboards', undefined, {}],
    ['/till/customers', undefined, {}],
  ])('%s', (address, name, params) => {
    const router = at(address)
    expect(router.name).toBe(name)
    expect(router.params).toEqual(params)
  })

  it('with its query', () => {
    expect(at('/dashboard/customers?q=mar%205678').query.get('q')).toBe('mar 5678')
  })
})

describe('a page gives its address', () => {
  it('with parameters and query, written so that it is read back', () => {
    const router = at('/dashboard')
    const href = router.href('customer', { customer: 'café /' }, { tab: 'points', page: 2 })
    expect(href).toBe('/dashboard/customers/caf%C3%A9%20%2F?tab=points&page=2')
    expect(at(href).params).toEqual({ customer: 'café /' })
  })

  it('without what is empty', () => {
    expect(at('/dashboard').href('customers', {}, { q: '', page: undefined })).toBe(
      '/dashboard/customers',
    )
  })
})

describe('going somewhere', () => {
  it('adds a step back; a filter does not', () => {
    const { entries } = stubAddress('/dashboard/')
    const router = new Router('/dashboard', ROUTES)
    router.go('/dashboard/customers')
    router.go('/dashboard/customers?q=a', { replace: true })
    expect(entries).toEqual(['/dashboard/', '/dashboard/customers?q=a'])
    expect(router.name).toBe('customers')
    expect(router.query.get('q')).toBe('a')
  })

  it('to where one is does nothing: two taps are one', () => {
    const { entries } = stubAddress('/dashboard/')
    const router = new Router('/dashboard', ROUTES)
    router.go('/dashboard/customers')
    router.go('/dashboard/customers')
    expect(entries).toHaveLength(2)
  })

  it('back goes to the fallback when the person came here directly', () => {
    const { entries } = stubAddress('/dashboard/customers/c1')
    const router = new Router('/dashboard', ROUTES)
    router.back(router.href('customers'))
    expect(entries).toEqual(['/dashboard/customers'])
    router.go(router.href('customer', { customer: 'c2' }))
    router.back(router.href('home'))
    expect(entries).toEqual(['/dashboard/customers'])
  })
})
