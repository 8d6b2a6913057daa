// The start page, in Spanish.
import type { Translation } from '../catalogue.svelte'
import type { fr } from './fr'

export const es: Translation<typeof fr> = {
  sentence: 'Para que sus clientes vuelvan.',
  apps: 'Las cuatro aplicaciones',
  next: 'próximamente',
  tablet: 'La tableta',
  'tablet.for':
    'En el mostrador: aparece la compra, el cliente escribe su número y sus puntos se guardan.',
  dashboard: 'El panel de control',
  'dashboard.for': 'Para el comercio: sus clientes, sus recompensas, sus cifras.',
  till: 'La caja',
  'till.for': 'Para cobrar sin otro equipo y fidelizar en el mismo gesto.',
  app: 'La aplicación',
  'app.for': 'Para el cliente: su tarjeta, sus puntos y sus recompensas en el bolsillo.',
}
