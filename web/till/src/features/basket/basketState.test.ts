import { beforeEach, describe, expect, it } from 'vitest'
import { Basket } from './basket.svelte'
import { Kept } from './kept'

const shelf = new Map<string, string>()
const storage = {
  getItem: (name: string) => shelf.get(name) ?? null,
  setItem: (name: string, value: string) => void shelf.set(name, value),
  removeItem: (name: string) => void shelf.delete(name),
} as unknown as Storage
const open = (): Basket => new Basket(new Kept('mer_1', 'loc_1', storage))

const LOAF = { id: 'var_1', name: '', price_money: { amount: 110, currency: 'EUR' } }
const BREAD = { id: 'itm_1', name: 'Pain', category: null, variations: [LOAF] }

beforeEach(() => shelf.clear())

describe('the basket of the moment', () => {
  it('is the same in every page of the browser, and after a reload', () => {
    const basket = open()
    basket.addItem(BREAD, LOAF, 3)
    basket.addAmount('Montant', 920, 1)
    const again = open()
    expect(again.content).toEqual(basket.content)
    expect(again.total_minor).toBe(1250)
  })

  it('closed by two pages at once, is one sale with one key', () => {
    const first = open()
    first.addAmount('Montant', 920, 1)
    const second = open()
    expect(first.takeAll()).toEqual(second.takeAll())
  })

  it('is a new one after it was closed', () => {
    const basket = open()
    basket.addAmount('Montant', 920, 1)
    const { key } = basket.takeAll()
    expect(basket.isEmpty).toBe(true)
    expect(basket.content.key).not.toBe(key)
    expect(open().isEmpty).toBe(true)
  })

  it('brings back what was removed', () => {
    const basket = open()
    basket.addItem(BREAD, LOAF, 2)
    basket.addAmount('Montant', 500, 1)
    const lines = basket.lines
    basket.remove(lines[0]?.id ?? '')
    expect(basket.total_minor).toBe(500)
    basket.undo()
    expect(basket.lines).toEqual(lines)
    basket.clear()
    basket.undo()
    expect(basket.lines).toEqual(lines)
  })

  it('lets go of the rewards with the customer, and keeps the lines', () => {
    const basket = open()
    basket.addItem(BREAD, LOAF, 1)
    basket.setPerson({ id: 'cus_1', name: 'Anna' })
    const reward = { id: 'rew_1', name: 'Café', wasTaken: true, key: 'h1' }
    basket.apply(reward)
    basket.apply(reward)
    expect(basket.content.rewards).toEqual([reward])
    basket.setPerson(undefined)
    expect(basket.content.rewards).toEqual([])
    expect(basket.total_minor).toBe(110)
  })
})
