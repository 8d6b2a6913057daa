// The start page and the demo's messages, in Spanish.
import type { Translation } from '../catalogue.svelte'
import type { fr } from './fr'

export const es: Translation<typeof fr> = {
  sentence: 'Para que sus clientes vuelvan.',
  apps: 'Las cuatro aplicaciones',
  noAnswer: 'Habitué no responde. Nuevo intento en un momento.',
  demo: 'Esto es una demostración: no se envía nada a nadie.',
  'demo.messages': 'Leer los mensajes que habrían salido',
  dashboard: 'El panel de control',
  'dashboard.for': 'Para el comercio: sus clientes, sus recompensas, sus cifras.',
  'dashboard.try':
    'Para probar: busque un cliente, corrija sus puntos, cambie el color del comercio.',
  till: 'La caja',
  'till.for': 'Para cobrar sin otro equipo y fidelizar en el mismo gesto.',
  'till.try': 'Para probar: cobre dos artículos e inscriba al cliente con un número inventado.',
  tablet: 'La tableta',
  'tablet.for':
    'En el mostrador: aparece la compra, el cliente escribe su número y sus puntos se guardan.',
  'tablet.try': 'Para probar: vincúlela iniciando sesión y cierre una venta en su caja.',
  app: 'La aplicación',
  'app.for': 'Para el cliente: su tarjeta, sus puntos y sus recompensas en el bolsillo.',
  'app.try': 'Para probar: elija un comercio y pida un código; llega entre los mensajes.',
  'app.where': 'Cada comercio tiene la suya: el código de su tableta lleva a ella.',
  messages: 'Los mensajes',
  'messages.for': 'La demostración no envía nada: lo que habría salido aparece aquí, al momento.',
  'messages.starting': 'Un momento…',
  'messages.none': 'Ningún mensaje por ahora.',
  'messages.noneHow': 'Pida un código en la aplicación de un comercio: llega aquí.',
  'messages.noDemo': 'Este servidor no es una demostración.',
  'message.to': 'Mensaje para {address}',
  'message.copy': 'Copiar el código',
  'message.copied': 'Código copiado',
}
