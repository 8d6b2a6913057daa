// The counter tablet, in English.
import type { Translation } from '../catalogue.svelte'
import type { fr } from './fr'

export const en: Translation<typeof fr> = {
  title: 'Loyalty tablet',

  'activation.heading': 'Connect this tablet',
  'activation.where': 'Ask the person who looks after Habitué for the code.',
  'activation.label': 'Tablet code',
  'activation.button': 'Connect this tablet',
  'activation.busy': 'One moment…',
  'activation.incomplete': 'The code has eight letters and digits. {missing} still missing.',
  'activation.locked': 'Too many tries. You can try again at {time}, in {wait}.',
  'activation.unlocked': 'You can try again now.',
  'activation.removed': 'This tablet is no longer connected. Ask for a new code.',

  'idle.sentence': 'After you pay, your {points} are waiting here.',
  'idle.place': '{location} · {register}',
  'idle.noRegister':
    'This tablet is not connected to a till. Tell the person who looks after Habitué.',
  'idle.waiting': {
    one: 'One purchase is still waiting for its {points}',
    other: '{count} purchases are still waiting for their {points}',
  },

  'claim.earned': 'for your {amount} purchase',
  'claim.landed': '{points} for your {amount} purchase. Type your phone number.',
  'claim.choose': 'Which purchase is yours?',
  'claim.order': '{amount}, {points}, paid at {time}',
  'claim.phone': 'Your phone number',
  'claim.keypad': 'Phone keypad',
  'claim.plus': 'Plus',
  'claim.erase': 'Erase one digit',
  'claim.consent':
    'By touching “{button}” you agree that {merchant} keeps this number to count your {points}.',
  'claim.notice': 'Your data',
  'claim.give': 'Add {points}',
  'claim.giving': 'One moment…',
  'claim.no': 'No thanks',
  'claim.phoneMissing': 'Type your phone number first.',
  'claim.retrying': 'The connection is missing. Your number is kept and we keep trying.',
  'claim.stop': 'Stop trying',

  'gone.claimed': 'This purchase has already been counted.',
  'gone.expired': 'Time is up for this purchase. Ask at the till.',
  'gone.canceled': 'This purchase was cancelled.',
  'gone.refunded': 'This purchase was refunded.',

  'thanks.heading': 'Thank you',
  'thanks.welcome': 'Welcome',
  'thanks.added': '+ {points}',
  'thanks.balance': 'You now have',
  'thanks.spoken': 'Thank you. You now have {points}.',
  'thanks.missing': '{points} more and it is yours.',
  'thanks.progress': '{have} of {goal}',
  'thanks.reached': 'It is yours!',
  'thanks.reachedHow': 'Tell us at the till whenever you want it.',
  'thanks.done': 'Done',

  offline: 'No connection. The tablet goes on as soon as it is back.',
  starting: 'One moment…',
  unreachable: 'Habitué does not answer. Trying again in a few seconds.',

  'error.PAIRING_CODE_WRONG':
    'This is not the right code, or it was used before. Check it, or ask for a new one.',
  'error.PAIRING_LOCKED': 'Too many tries. Try again a little later.',
  'error.PHONE_NUMBER_INVALID': 'This number does not look complete. Check it, digit by digit.',
  'error.ORDER_ALREADY_CLAIMED': 'This purchase has already been counted.',
  'error.ORDER_CLAIM_EXPIRED': 'Time is up for this purchase. Ask at the till.',
  'error.ORDER_UNKNOWN': 'This purchase is no longer waiting.',
  'error.NOTICE_REQUIRED':
    'The text about your data has changed. Read it again, then touch the button once more.',
  'error.OFFLINE': 'No connection. Try again in a moment.',
  'error.other': 'That did not work. Try again in a moment, or ask at the till.',
}
