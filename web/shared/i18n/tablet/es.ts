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
  'activation.signIn': 'Iniciar sesión sin código',
  'activation.who':
    'Inicie sesión con el correo y la contraseña del panel. Nadie se queda conectado en la tableta.',
  'activation.byCode': 'Usar un código',

  'signIn.email': 'Correo electrónico',
  'signIn.password': 'Contraseña',
  'signIn.button': 'Iniciar sesión',

  'choose.heading': '¿Qué tableta es esta?',
  'choose.text': 'Toque la que este dispositivo va a ser.',
  'choose.noRegister': 'sin caja',
  'choose.online': 'En uso en otro dispositivo, al que este sustituirá.',
  'choose.paired': 'Vinculada a otro dispositivo, apagado, al que este sustituirá.',
  'choose.new': 'Añadir una tableta',

  'create.heading': 'Una tableta nueva',
  'create.name': 'Su nombre',
  'create.nameHint': 'El que usan entre ustedes, como «Mostrador».',
  'create.location': '¿Dónde está?',
  'create.register': '¿Qué caja muestra?',
  'create.noRegister': 'Elegir más tarde',
  'create.button': 'Añadir y vincular',
  'create.list': 'Volver a la lista',

  'idle.noProgram': 'Su tarjeta de fidelidad: gratis, en un minuto.',
  'idle.sentence': 'Después de pagar, sus {points} le esperan aquí.',
  'idle.place': '{location} · {register}',
  'idle.noRegister':
    'Esta tableta no está conectada a ninguna caja. Dígaselo a la persona que se ocupa de Habitué.',
  'idle.waiting': {
    one: 'Una compra espera todavía sus {points}',
    other: '{count} compras esperan todavía sus {points}',
  },

  'join.code': 'Código para escanear y tener la tarjeta de {merchant}',
  'join.sentence': 'Escanee para tener su tarjeta en el teléfono',

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
  'claim.card': 'Reconocerme la próxima vez por esta tarjeta bancaria',

  'gone.claimed': 'Esta compra ya se ha contado.',
  'gone.expired': 'Ha pasado el tiempo para esta compra. Pregunte en la caja.',
  'gone.canceled': 'Esta compra se ha anulado.',
  'gone.refunded': 'Esta compra se ha reembolsado.',

  'thanks.heading': 'Gracias',
  'thanks.welcome': 'Le damos la bienvenida',
  'thanks.added': '+ {points}',
  'thanks.balance': 'Ahora tiene',
  'thanks.pending': 'En espera: suyos el {day}.',
  'thanks.spoken': 'Gracias. Ahora tiene {points}.',
  'thanks.missing': '{points} más, y es para usted.',
  'thanks.progress': '{have} de {goal}',
  'thanks.reached': '¡Es para usted!',
  'thanks.reachedHow': 'Dígalo en la caja cuando lo quiera.',
  'thanks.done': 'Terminar',

  'signInCode.label': 'Código para escanear y guardar su tarjeta en el teléfono',
  'signInCode.sentence': 'Escanee para guardar su tarjeta en el teléfono',

  'identify.here': 'Soy yo',

  'staff.heading': 'Menú del personal',
  'staff.pin': 'Código del personal',
  'staff.keypad': 'Teclado del código',
  'staff.open': 'Abrir el menú',
  'staff.forgotten': 'Código olvidado',
  'staff.back': 'Volver a la tableta',
  'staff.locked': 'Demasiados intentos. Podrá volver a intentarlo a las {time}, dentro de {wait}.',
  'staff.instead': 'Inicie sesión con el correo y la contraseña del panel.',
  'staff.noPin':
    'No se ha elegido ningún código: elija uno en el panel, en Ajustes. Mientras tanto, inicie sesión.',
  'staff.choosePin':
    'Elija un código en el panel, en Ajustes, y este menú se abrirá sin contraseña.',
  'staff.connection': 'Conexión',
  'staff.online': 'En línea',
  'staff.cutOff': 'Cortada desde las {time}',
  'staff.tablet': 'Tableta',
  'staff.location': 'Lugar',
  'staff.register': 'Caja',
  'staff.noRegister': 'Ninguna',
  'staff.reload': 'Recargar la página',
  'staff.fullScreen': 'Pantalla completa',
  'staff.window': 'Salir de la pantalla completa',
  'staff.leave': 'Desvincular este dispositivo',
  'staff.done': 'Cerrar el menú',

  'leave.heading': '¿Desvincular este dispositivo?',
  'leave.text':
    'Ya no mostrará las compras. Para vincularlo de nuevo hará falta un código del panel, o iniciar sesión aquí.',
  'leave.button': 'Desvincular este dispositivo',
  'leave.no': 'No hacer nada',

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
  'error.SIGN_IN_EMPTY': 'Escriba su correo y su contraseña.',
  'error.SIGN_IN_WRONG': 'El correo o la contraseña no son correctos.',
  'error.SIGN_IN_LOCKED': 'Demasiados intentos. Vuelva a intentarlo dentro de un cuarto de hora.',
  'error.EMAIL_INVALID': 'Este correo electrónico no está completo.',
  'error.FORBIDDEN': 'Esta cuenta no puede hacerlo. Pídaselo a quien gestiona Habitué.',
  'error.OTHER_SHOP': 'Esta cuenta es de otro comercio.',
  'error.NAME_MISSING': 'Póngale un nombre.',
  'error.PIN_EMPTY': 'Escriba el código del personal.',
  'error.PIN_WRONG': 'Este no es el código.',
  'error.PIN_LOCKED': 'Demasiados intentos. Vuelva a intentarlo un poco más tarde.',
  'error.TABLET_UNKNOWN': 'Esta tableta se ha eliminado entretanto. Elija otra.',
  'error.OFFLINE': 'Sin conexión. Pruebe de nuevo en un momento.',
  'error.other': 'No ha funcionado. Pruebe de nuevo en un momento o pregunte en la caja.',
}
