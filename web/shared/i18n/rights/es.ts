// The words of people’s rights: their data, how long it is kept, the texts they may read.
import type { Translation } from '../catalogue.svelte'
import type { fr } from './fr'

export const es: Translation<typeof fr> = {
  'export.heading': 'Recibir sus datos',
  'export.staffHeading': 'Copia de sus datos',
  'export.text':
    'Todo lo que la tienda sabe de usted: compras, puntos, mensajes, consentimientos y ' +
    'cuándo el equipo consultó su ficha.',
  'export.page': 'Leer o imprimir',
  'export.file': 'Llevarse (para otro programa)',
  'export.name': 'mis-datos',
  'export.proof':
    'Para recibir sus datos, cierre la sesión y entre de nuevo con un código. O pídalos en el mostrador.',
  'export.failed': 'No ha funcionado. Inténtelo de nuevo en un momento.',
  'export.staffText':
    'Para responder a una solicitud de acceso: todo lo que la tienda sabe de esta persona. No lo dé a nadie más.',
  'legal.heading': 'Sus datos y nuestras condiciones',
  'legal.notice': 'Lo que se le dice antes de entrar',
  'legal.privacy': 'Privacidad',
  'legal.terms': 'Condiciones del programa',
  'legal.legal': 'Aviso legal',
  'legal.back': 'Volver',
  'legal.unread': 'No se han podido leer estos textos. Inténtelo de nuevo en un momento.',
  tab: 'Datos personales',
  'keep.heading': 'Cuánto tiempo conserva',
  'keep.text':
    'Un cliente del que ya no se sabe nada no puede conservarse sin fin: la autoridad ' +
    'francesa recomienda 3 años tras el último contacto. Un contacto es una compra, una ' +
    'recompensa, abrir la aplicación o mostrar la tarjeta en la caja; no un correo abierto.',
  'keep.months': 'Borrar después de',
  'keep.unit': 'meses sin noticias',
  'keep.long': 'Más de {months} meses: será difícil de justificar.',
  'keep.range': 'De 1 a 120 meses.',
  'keep.look': 'Ver a quién se borraría',
  'keep.nobody': 'Hoy no se borraría a nadie.',
  'keep.count': { one: 'Se borraría a {count} persona.', other: 'Se borraría a {count} personas.' },
  'keep.name': 'Cliente',
  'keep.nameless': 'Sin nombre',
  'keep.heard': 'Último contacto',
  'keep.more': 'Mostrar más',
  'keep.onHint':
    'Cada día, sin escribirles. Sus puntos se pierden; sus cuentas siguen cuadrando. No se puede deshacer.',
  'keep.isOn': 'Activo: cada día se borran los clientes sin noticias desde hace {months} meses.',
  'keep.isOff': 'Inactivo: no se borra a nadie.',
  'keep.start': 'Activar el borrado',
  'keep.stop': 'Detener el borrado',
  'keep.confirm':
    '¿Borrar desde ahora, cada día, a los clientes sin noticias desde hace {months} meses?',
  'who.heading': 'Quién es usted',
  'who.text': 'Estas líneas completan los textos que sus clientes pueden leer.',
  'who.company': 'Razón social',
  'who.registration': 'Registro mercantil',
  'who.address': 'Dirección',
  'who.email_address': 'Correo de contacto',
  'who.phone_number': 'Teléfono',
  'who.publisher': 'Responsable de la publicación',
  'who.privacy_officer': 'Responsable de los datos personales',
  'who.privacy_contact': 'Cómo contactarlo',
  'who.host': 'Alojamiento (nombre y dirección)',
  'who.missing': 'Donde falta una línea, sus clientes leen «(por completar)».',
  'who.saved': 'Guardado.',
  'texts.heading': 'Sus textos',
  'texts.text':
    'Redactados para usted, completados por las líneas de arriba. Puede escribirlos usted; ' +
    'lo que cada uno aceptó sigue consultable. Hágalos revisar: no son asesoramiento ' +
    'jurídico.',
  'texts.language': 'Idioma',
  'texts.own': 'Su texto',
  'texts.ours': 'Texto propuesto',
  'texts.edit': 'Modificar',
  'texts.hint': '«## » empieza un título, «- » una lista.',
  'texts.reset': 'Volver al texto propuesto',
  cancel: 'Cancelar',
  save: 'Guardar',
}
