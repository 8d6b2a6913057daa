// The counter tablet, in French. The other languages follow these keys.
export const fr = {
  title: 'Borne de fidélité',

  'activation.heading': 'Relier cette borne',
  'activation.where': 'Demandez le code à la personne qui gère Habitué.',
  'activation.label': 'Code de la borne',
  'activation.button': 'Relier cette borne',
  'activation.busy': 'Un instant…',
  'activation.incomplete': 'Le code compte huit lettres et chiffres. Il en manque {missing}.',
  'activation.locked': 'Trop d’essais. Vous pourrez réessayer à {time}, dans {wait}.',
  'activation.unlocked': 'Vous pouvez réessayer maintenant.',
  'activation.removed': 'Cette borne n’est plus reliée. Demandez un nouveau code.',

  'idle.sentence': 'Après votre achat, vos {points} vous attendent ici.',
  'idle.place': '{location} · {register}',
  'idle.noRegister':
    'Cette borne n’est reliée à aucune caisse. Dites-le à la personne qui gère Habitué.',
  'idle.waiting': {
    one: 'Un achat attend encore ses {points}',
    other: '{count} achats attendent encore leurs {points}',
  },

  'claim.earned': 'pour votre achat de {amount}',
  'claim.landed': '{points} pour votre achat de {amount}. Tapez votre numéro de téléphone.',
  'claim.choose': 'Quel est votre achat ?',
  'claim.order': '{amount}, {points}, payé à {time}',
  'claim.phone': 'Votre numéro de téléphone',
  'claim.keypad': 'Clavier du téléphone',
  'claim.plus': 'Plus',
  'claim.erase': 'Effacer un chiffre',
  'claim.consent':
    'En touchant « {button} », vous acceptez que {merchant} garde ce numéro pour compter vos {points}.',
  'claim.notice': 'Vos données',
  'claim.give': 'Donner {points}',
  'claim.giving': 'Un instant…',
  'claim.no': 'Non merci',
  'claim.phoneMissing': 'Tapez d’abord votre numéro de téléphone.',
  'claim.retrying': 'La connexion manque. Votre numéro est gardé, nous réessayons.',
  'claim.stop': 'Ne plus réessayer',

  'gone.claimed': 'Cet achat a déjà été pris en compte.',
  'gone.expired': 'Le temps est passé pour cet achat. Demandez à la caisse.',
  'gone.canceled': 'Cet achat a été annulé.',
  'gone.refunded': 'Cet achat a été remboursé.',

  'thanks.heading': 'Merci',
  'thanks.welcome': 'Bienvenue',
  'thanks.added': '+ {points}',
  'thanks.balance': 'Vous avez maintenant',
  'thanks.spoken': 'Merci. Vous avez maintenant {points}.',
  'thanks.missing': 'Encore {points}, et c’est à vous.',
  'thanks.progress': '{have} sur {goal}',
  'thanks.reached': 'C’est à vous !',
  'thanks.reachedHow': 'Dites-le à la caisse quand vous en voulez.',
  'thanks.done': 'Terminer',

  offline: 'Pas de connexion. La borne continue dès son retour.',
  starting: 'Un instant…',
  unreachable: 'Habitué ne répond pas. Nouvel essai dans quelques secondes.',

  'error.PAIRING_CODE_WRONG':
    'Ce code n’est pas le bon, ou il a déjà servi. Vérifiez-le, ou demandez-en un nouveau.',
  'error.PAIRING_LOCKED': 'Trop d’essais. Réessayez un peu plus tard.',
  'error.PHONE_NUMBER_INVALID':
    'Ce numéro ne semble pas complet. Vérifiez-le, chiffre par chiffre.',
  'error.ORDER_ALREADY_CLAIMED': 'Cet achat a déjà été pris en compte.',
  'error.ORDER_CLAIM_EXPIRED': 'Le temps est passé pour cet achat. Demandez à la caisse.',
  'error.ORDER_UNKNOWN': 'Cet achat n’est plus en attente.',
  'error.NOTICE_REQUIRED':
    'Le texte sur vos données a changé. Relisez-le, puis touchez de nouveau le bouton.',
  'error.OFFLINE': 'Pas de connexion. Réessayez dans un instant.',
  'error.other': 'Cela n’a pas marché. Réessayez dans un instant, ou demandez à la caisse.',
} as const
