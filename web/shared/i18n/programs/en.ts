// The words of programmes in English. The keys are those of fr.ts.
import type { Translation } from '../catalogue.svelte'
import type { fr } from './fr'

export const en: Translation<typeof fr> = {
  'list.and': '{first} and {last}',
  'rule.beforeTax': '{rule}, before tax',
  'rule.cashback': '{share} back',
  'rule.except': '{rule}, except: {what}',
  'rule.on': '{rule}, on: {what}',
  'rule.perAmount': '{points} for every {amount}',
  'rule.perEuro': '{points} per euro',
  'rule.perItem': '{points} per article: {what}',
  'rule.perVisit': '{points} at every visit',
  'rule.perVisitFrom': '{points} at every visit, from {amount}',
  'scope.articles': { one: '{count} chosen article', other: '{count} chosen articles' },
  'scope.categories': { one: '{count} chosen category', other: '{count} chosen categories' },
  'terms.cap': 'At most {points} for one purchase.',
  'terms.capDay': 'At most {points} a day for each customer.',
  'terms.capMonth': 'At most {points} a month for each customer.',
  'terms.cooldown': 'At least {wait} between two purchases that count.',
  'terms.ends': 'Up to and including {date}.',
  'terms.expires': {
    one: 'Valid for {count} day after the purchase.',
    other: 'Valid for {count} days after the purchase.',
  },
  'terms.from': 'From {amount} spent.',
  'terms.neverExpires': 'They never expire.',
  'terms.ripen': {
    one: 'Can be used {count} day after the purchase.',
    other: 'Can be used {count} days after the purchase.',
  },
  'terms.toZero': 'A refund never takes a balance below zero.',
  'terms.visits': {
    one: '{count} purchase counted a day for each customer.',
    other: '{count} purchases counted a day for each customer.',
  },
  'tier.amount': '{amount} off',
  'tier.credit': '{amount} of credit',
  'tier.item': 'Free: {what}',
  'tier.itemAny': 'A free article',
  'tier.max': 'at most {amount}',
  'tier.minimum': 'from {amount} spent',
  'tier.on': '{value}, on: {what}',
  'tier.perCustomer': { one: 'once per customer', other: '{count} times per customer' },
  'tier.percentage': '{share} off',
  'tier.stock': { one: '{count} left', other: '{count} left' },
  'tier.valid': { one: 'to be used within the day', other: 'to be used within {count} days' },
}
