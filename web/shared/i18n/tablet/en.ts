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
  'activation.signIn': 'Sign in without a code',
  'activation.who':
    'Sign in with your dashboard e-mail address and password. Nobody stays signed in on the tablet.',
  'activation.byCode': 'Use a code',

  'signIn.email': 'E-mail address',
  'signIn.password': 'Password',
  'signIn.button': 'Sign in',

  'choose.heading': 'Which tablet is this?',
  'choose.text': 'Touch the one this device is going to be.',
  'choose.noRegister': 'no till',
  'choose.online': 'Running on another device, which this one will replace.',
  'choose.paired': 'Connected to another device, switched off, which this one will replace.',
  'choose.new': 'Add a tablet',

  'create.heading': 'A new tablet',
  'create.name': 'Its name',
  'create.nameHint': 'What you call it among yourselves, such as “Counter”.',
  'create.location': 'Where is it?',
  'create.register': 'Which till does it show?',
  'create.noRegister': 'Choose later',
  'create.button': 'Add and connect',
  'create.list': 'Back to the list',

  'idle.noProgram': 'Your loyalty card: free, in a minute.',
  'idle.sentence': 'After you pay, your {points} are waiting here.',
  'idle.place': '{location} · {register}',
  'idle.noRegister':
    'This tablet is not connected to a till. Tell the person who looks after Habitué.',
  'idle.waiting': {
    one: 'One purchase is still waiting for its {points}',
    other: '{count} purchases are still waiting for their {points}',
  },

  'join.code': 'Code to scan to get the card of {merchant}',
  'join.sentence': 'Scan to get your card on your phone',

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
  'claim.card': 'Recognise me by this bank card next time',

  'gone.claimed': 'This purchase has already been counted.',
  'gone.expired': 'Time is up for this purchase. Ask at the till.',
  'gone.canceled': 'This purchase was cancelled.',
  'gone.refunded': 'This purchase was refunded.',

  'thanks.heading': 'Thank you',
  'thanks.welcome': 'Welcome',
  'thanks.added': '+ {points}',
  'thanks.balance': 'You now have',
  'thanks.pending': 'Pending: yours on {day}.',
  'thanks.spoken': 'Thank you. You now have {points}.',
  'thanks.missing': '{points} more and it is yours.',
  'thanks.progress': '{have} of {goal}',
  'thanks.reached': 'It is yours!',
  'thanks.reachedHow': 'Tell us at the till whenever you want it.',
  'thanks.done': 'Done',

  'signInCode.label': 'Code to scan to keep your card on your phone',
  'signInCode.sentence': 'Scan to keep your card on your phone',

  'identify.here': 'Here I am',

  'staff.heading': 'Staff menu',
  'staff.pin': 'Staff PIN',
  'staff.keypad': 'PIN keypad',
  'staff.open': 'Open the menu',
  'staff.forgotten': 'PIN forgotten',
  'staff.back': 'Back to the tablet',
  'staff.locked': 'Too many tries. You can try again at {time}, in {wait}.',
  'staff.instead': 'Sign in with your dashboard e-mail address and password.',
  'staff.noPin':
    'No PIN has been chosen: choose one in the dashboard, under Settings. Until then, sign in.',
  'staff.choosePin':
    'Choose a PIN in the dashboard, under Settings, and this menu opens without a password.',
  'staff.connection': 'Connection',
  'staff.online': 'Online',
  'staff.cutOff': 'Cut off since {time}',
  'staff.tablet': 'Tablet',
  'staff.location': 'Place',
  'staff.register': 'Till',
  'staff.noRegister': 'None',
  'staff.reload': 'Reload the page',
  'staff.fullScreen': 'Fill the screen',
  'staff.window': 'Leave full screen',
  'staff.leave': 'Disconnect this device',
  'staff.done': 'Close the menu',

  'leave.heading': 'Disconnect this device?',
  'leave.text':
    'It will no longer show purchases. To connect it again you need a code from the dashboard, or you sign in here.',
  'leave.button': 'Disconnect this device',
  'leave.no': 'Leave it as it is',

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
  'error.SIGN_IN_EMPTY': 'Write your address and your password.',
  'error.SIGN_IN_WRONG': 'The address or the password is not right.',
  'error.SIGN_IN_LOCKED': 'Too many tries. Try again in a quarter of an hour.',
  'error.EMAIL_INVALID': 'This e-mail address is not complete.',
  'error.FORBIDDEN': 'This account may not do that. Ask someone who looks after Habitué.',
  'error.OTHER_SHOP': 'This account belongs to another shop.',
  'error.NAME_MISSING': 'Give it a name.',
  'error.PIN_EMPTY': 'Type the staff PIN.',
  'error.PIN_WRONG': 'This is not the right PIN.',
  'error.PIN_LOCKED': 'Too many tries. Try again a little later.',
  'error.TABLET_UNKNOWN': 'This tablet has been removed in the meantime. Choose another one.',
  'error.OFFLINE': 'No connection. Try again in a moment.',
  'error.other': 'That did not work. Try again in a moment, or ask at the till.',
}
