/*
 * spending — what points and notes become: rewards, credit notes, cashback paid with. Part of the
 * model; see loyalty.mjs.
 */
import { DAY_MS, refused } from './loyalty.mjs'

/* ---- rewards ---- */
export function take(model, account, tier) {
  if (!account.program.active) return refused('PROGRAM_INACTIVE')
  if (account.balance < tier.points) return refused('POINTS_SHORT')
  if (tier.stock === 0) return refused('REWARD_GONE')
  const taken = model.rewards.filter(
    (one) =>
      one.account === account && one.tier === tier && (one.status !== 'DELETED' || one.expired),
  )
  if (tier.perCustomer > 0 && taken.length >= tier.perCustomer) return refused('REWARD_LIMIT')
  const { from } = account.take(tier.points)
  account.flows.redeemed += tier.points
  if (tier.stock !== undefined) tier.stock--
  const expires = tier.validDays > 0 ? model.now + tier.validDays * DAY_MS : undefined
  const reward = { account, tier, points: tier.points, status: 'ISSUED', from, expires }
  model.rewards.push(reward)
  if (tier.kind === 'credit') redeem(model, reward)
  return { reward }
}

/* A credit is a note from then on. */
function redeem(model, reward) {
  const { account, tier } = reward
  reward.status = 'REDEEMED'
  reward.usedAt = model.now
  if (tier.kind !== 'credit') return
  reward.note = issue(model, { customer: account.customer, amount: tier.amount })
  reward.note.reward = reward
}

export function use(model, reward) {
  if (reward.expired) return refused('REWARD_EXPIRED')
  if (reward.status === 'REDEEMED') return refused('REWARD_USED')
  if (reward.status === 'DELETED') return refused('REWARD_GIVEN_UP')
  redeem(model, reward)
  return {}
}

/* The time while it was used does not count. */
export function putBack(model, reward) {
  if (reward.expired) return refused('REWARD_EXPIRED')
  if (reward.status === 'DELETED') return refused('REWARD_GIVEN_UP')
  if (reward.status !== 'REDEEMED') return refused('REWARD_NOT_USED')
  if (reward.note && reward.note.balance < reward.note.amount) return refused('CREDIT_NOTE_USED')
  if (reward.note) end(model, reward.note)
  reward.status = 'ISSUED'
  if (reward.expires !== undefined) reward.expires += model.now - reward.usedAt
  return {}
}

export function giveUp(model, reward) {
  if (reward.expired) return refused('REWARD_EXPIRED')
  if (reward.status === 'REDEEMED') return refused('REWARD_USED')
  if (reward.status === 'DELETED') return {}
  reward.status = 'DELETED'
  reward.account.restore(reward.from)
  reward.account.flows.redeemed -= reward.points
  if (reward.tier.stock !== undefined) reward.tier.stock++
  return { expires: reward.from.some(({ lot: { expires } }) => expires && expires <= model.now) }
}

/* ---- credit notes ---- */
export function issue(model, { customer, amount, expires }) {
  const note = { customer, amount, balance: amount, expires, ended: false }
  model.notes.push(note)
  return note
}

export function end(model, note) {
  note.ended = true
  note.balance = 0
  return {}
}

/* ---- cashback ---- */
export function spend(account, amount) {
  if (account.program.type !== 'cashback') return refused('PROGRAM_NOT_CASHBACK')
  if (!account.program.active) return refused('PROGRAM_INACTIVE')
  if (account.balance < amount) return refused('POINTS_SHORT')
  const { from } = account.take(amount)
  account.flows.redeemed += amount
  return { from }
}
