// The counter tablet, in Spanish.
import type { Translation } from '../catalogue.svelte'
import type { fr } from './fr'

export const es: Translation<typeof fr> = {
  title: 'Tableta de fidelidad',

  'activation.heading': 'Conectar esta tableta',
  'activation.where': 'Pida el código a la persona que se ocupa de Habitué.',
  'activation.label': 'Código de la tableta',
  'activation.button': 'Conectar esta tableta',
  'activation.busy': 'Un momento…',
  'activation.incomplete': 'El código tiene ocho letras y cifras. Faltan {missing}.',
  'activation.locked': 'Demasiados intentos. Podrá volver a probar a las {time}, dentro de {wait}.',
  'activation.unlocked': 'Ya puede volver a probar.',
  'activation.removed': 'Esta tableta ya no está conectada. Pida un código nuevo.',

  'idle.sentence': 'Después de pagar, sus {points} le esperan aquí.',
  'idle.place': '{location} · {register}',
  'idle.noRegister':
    'Esta tableta no está conectada a ninguna caja. Dígaselo a la persona que se ocupa de Habitué.',
  'idle.waiting': {
    one: 'Una compra espera todavía sus {points}',
    other: '{count} compras esperan todavía sus {points}',
  },

  'claim.earned': 'por su compra de {amount}',
  'claim.landed': '{points} por su compra de {amount}. Escriba su número de teléfono.',
  'claim.choose': '¿Cuál es su compra?',
  'claim.order': '{amount}, {points}, pagada a las {time}',
  'claim.phone': 'Su número de teléfono',
  'claim.keypad': 'Teclado del teléfono',
  'claim.plus': 'Más',
  'claim.erase': 'Borrar una cifra',
  'claim.consent':
    'Al tocar «{button}», acepta que {merchant} guarde este número para contar sus {points}.',
  'claim.notice': 'Sus datos',
  'claim.give': 'Sumar {points}',
  'claim.giving': 'Un momento…',
  'claim.no': 'No, gracias',
  'claim.phoneMissing': 'Escriba primero su número de teléfono.',
  'claim.retrying': 'No hay conexión. Su número está guardado y seguimos probando.',
  'claim.stop': 'Dejar de probar',

  'gone.claimed': 'Esta compra ya se ha contado.',
  'gone.expired': 'Ha pasado el tiempo para esta compra. Pregunte en la caja.',
  'gone.canceled': 'Esta compra se ha anulado.',
  'gone.refunded': 'Esta compra se ha reembolsado.',

  'thanks.heading': 'Gracias',
  'thanks.welcome': 'Le damos la bienvenida',
  'thanks.added': '+ {points}',
  'thanks.balance': 'Ahora tiene',
  'thanks.spoken': 'Gracias. Ahora tiene {points}.',
  'thanks.missing': '{points} más, y es para usted.',
  'thanks.progress': '{have} de {goal}',
  'thanks.reached': '¡Es para usted!',
  'thanks.reachedHow': 'Dígalo en la caja cuando lo quiera.',
  'thanks.done': 'Terminar',

  offline: 'Sin conexión. La tableta sigue en cuanto vuelva.',
  starting: 'Un momento…',
  unreachable: 'Habitué no responde. Nuevo intento en unos segundos.',

  'error.PAIRING_CODE_WRONG':
    'Este código no es correcto o ya se ha usado. Compruébelo o pida uno nuevo.',
  'error.PAIRING_LOCKED': 'Demasiados intentos. Pruebe un poco más tarde.',
  'error.PHONE_NUMBER_INVALID': 'Este número no parece completo. Compruébelo cifra por cifra.',
  'error.ORDER_ALREADY_CLAIMED': 'Esta compra ya se ha contado.',
  'error.ORDER_CLAIM_EXPIRED': 'Ha pasado el tiempo para esta compra. Pregunte en la caja.',
  'error.ORDER_UNKNOWN': 'Esta compra ya no está en espera.',
  'error.NOTICE_REQUIRED':
    'El texto sobre sus datos ha cambiado. Léalo de nuevo y vuelva a tocar el botón.',
  'error.OFFLINE': 'Sin conexión. Pruebe de nuevo en un momento.',
  'error.other': 'No ha funcionado. Pruebe de nuevo en un momento o pregunte en la caja.',
}
