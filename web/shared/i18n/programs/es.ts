// The words of programmes in Spanish. The keys are those of fr.ts.
import type { Translation } from '../catalogue.svelte'
import type { fr } from './fr'

export const es: Translation<typeof fr> = {
  'list.and': '{first} y {last}',
  'rule.beforeTax': '{rule}, sin impuestos',
  'rule.cashback': '{share} para el monedero',
  'rule.except': '{rule}, excepto: {what}',
  'rule.on': '{rule}, en: {what}',
  'rule.perAmount': '{points} por cada {amount}',
  'rule.perEuro': '{points} por euro',
  'rule.perItem': '{points} por artículo: {what}',
  'rule.perVisit': '{points} en cada visita',
  'rule.perVisitFrom': '{points} en cada visita, desde {amount}',
  'scope.articles': { one: '{count} artículo elegido', other: '{count} artículos elegidos' },
  'scope.categories': { one: '{count} categoría elegida', other: '{count} categorías elegidas' },
  'terms.cap': '{points} como máximo por compra.',
  'terms.capDay': '{points} como máximo por día y cliente.',
  'terms.capMonth': '{points} como máximo por mes y cliente.',
  'terms.cooldown': 'Al menos {wait} entre dos compras que cuentan.',
  'terms.ends': 'Hasta el {date} inclusive.',
  'terms.expires': {
    one: 'Válidos {count} día después de la compra.',
    other: 'Válidos {count} días después de la compra.',
  },
  'terms.from': 'A partir de {amount} de compra.',
  'terms.neverExpires': 'No caducan nunca.',
  'terms.ripen': {
    one: 'Se pueden usar {count} día después de la compra.',
    other: 'Se pueden usar {count} días después de la compra.',
  },
  'terms.toZero': 'Un reembolso nunca deja un saldo por debajo de cero.',
  'terms.visits': {
    one: '{count} compra contada por día y cliente.',
    other: '{count} compras contadas por día y cliente.',
  },
  'tier.amount': '{amount} de descuento',
  'tier.credit': '{amount} en un vale',
  'tier.item': 'Gratis: {what}',
  'tier.itemAny': 'Un artículo gratis',
  'tier.max': '{amount} como máximo',
  'tier.minimum': 'desde {amount} de compra',
  'tier.on': '{value}, en: {what}',
  'tier.perCustomer': { one: '{count} vez por cliente', other: '{count} veces por cliente' },
  'tier.percentage': '{share} de descuento',
  'tier.stock': { one: 'queda {count}', other: 'quedan {count}' },
  'tier.valid': { one: 'para usar en el día', other: 'para usar en {count} días' },
}
