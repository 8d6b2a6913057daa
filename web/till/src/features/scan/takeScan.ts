// What a scan does at the counter.
import type { Counter } from '../../counter.svelte'
import { findNote } from '../../tillApi'
import type { Scanned } from './burst'

async function takeCard(counter: Counter, code: string): Promise<void> {
  if (counter.after.isJoining) return counter.after.takeCard(code)
  counter.after.end()
  counter.over = 'customer'
  const isFound = await counter.desk.byCard(code)
  if (isFound && counter.over === 'customer') counter.over = ''
}

/** A credit note is whoever's has it: no customer is needed. */
async function takeNote(counter: Counter, code: string): Promise<void> {
  const reply = await findNote(code)
  const note = reply.ok ? reply.value.credit_notes?.[0] : undefined
  if (!note) counter.remark = 'scan.unknown'
  else if (note.ended_at || note.balance_money.amount === 0) counter.remark = 'scan.noteOver'
  else counter.desk.useNote(note, false)
}

function takeArticle(counter: Counter, readings: readonly string[]): void {
  for (const item of counter.opening.items) {
    const variation = item.variations.find(({ sku }) => sku && readings.includes(sku))
    if (!variation) continue
    if (variation.price_money) return counter.addVariation(item, variation)
    return counter.addItem({ ...item, variations: [variation] })
  }
  counter.remark = 'scan.unknown'
}

export async function takeScan(counter: Counter, scan: Scanned): Promise<void> {
  if (scan.kind === 'card') return takeCard(counter, scan.code)
  if (counter.after.isJoining) return void (counter.remark = 'scan.unknown')
  counter.after.end()
  if (scan.kind === 'note') return takeNote(counter, scan.code)
  if (scan.kind === 'other') return takeArticle(counter, scan.readings)
  const outcome = await counter.desk.byReward(scan.code)
  if (outcome) counter.remark = outcome
}
