// The words of people’s rights: their data, how long it is kept, the texts they may read.
import type { Translation } from '../catalogue.svelte'
import type { fr } from './fr'

export const en: Translation<typeof fr> = {
  'export.heading': 'Receive your data',
  'export.staffHeading': 'A copy of their data',
  'export.text':
    'Everything the shop knows about you: purchases, points, messages, consents, and when ' +
    'the team looked at your record.',
  'export.page': 'Read or print',
  'export.file': 'Take along (for other software)',
  'export.name': 'my-data',
  'export.proof':
    'To receive your data, sign out, then come in again with a code. Or ask for it at the counter.',
  'export.failed': 'That did not work. Try again in a moment.',
  'export.staffText':
    'To answer a request for access: everything the shop knows about this person. Give it to nobody else.',
  'legal.heading': 'Your data and our conditions',
  'legal.notice': 'What you are told before joining',
  'legal.privacy': 'Privacy',
  'legal.terms': 'Conditions of the program',
  'legal.legal': 'Legal notice',
  'legal.back': 'Back',
  'legal.unread': 'These texts could not be read. Try again in a moment.',
  tab: 'Personal data',
  'keep.heading': 'How long you keep people',
  'keep.text':
    'A customer you no longer hear from cannot be kept for ever: the French authority ' +
    'recommends 3 years after the last contact. A contact is a purchase, a reward, the app ' +
    'opened or the card shown at the till; not an e-mail that was opened.',
  'keep.months': 'Erase after',
  'keep.unit': 'months without news',
  'keep.long': 'More than {months} months: this will be hard to justify.',
  'keep.range': 'From 1 to 120 months.',
  'keep.look': 'See who would be erased',
  'keep.nobody': 'Nobody would be erased today.',
  'keep.count': {
    one: '{count} person would be erased.',
    other: '{count} people would be erased.',
  },
  'keep.name': 'Customer',
  'keep.nameless': 'No name',
  'keep.heard': 'Last contact',
  'keep.more': 'Show more',
  'keep.onHint':
    'Every day, without writing to them. Their points are lost; your books stay right. It cannot be undone.',
  'keep.isOn': 'On: customers not heard from for {months} months are erased every day.',
  'keep.isOff': 'Off: nobody is erased.',
  'keep.start': 'Turn erasing on',
  'keep.stop': 'Turn erasing off',
  'keep.confirm': 'From now on, erase customers not heard from for {months} months, every day?',
  'who.heading': 'Who you are',
  'who.text': 'These lines complete the texts that your customers can read.',
  'who.company': 'Company',
  'who.registration': 'Registration',
  'who.address': 'Address',
  'who.email_address': 'Contact e-mail',
  'who.phone_number': 'Telephone',
  'who.publisher': 'Responsible for what is published',
  'who.privacy_officer': 'Privacy officer',
  'who.privacy_contact': 'How to reach them',
  'who.host': 'Host (name and address)',
  'who.missing': 'Where a line is missing, your customers read “(to be completed)”.',
  'who.saved': 'Saved.',
  'texts.heading': 'Your texts',
  'texts.text':
    'Written for you, completed by the lines above. You can write them yourself; what ' +
    'everybody agreed to stays readable. Have them read by a lawyer: this is no legal advice.',
  'texts.language': 'Language',
  'texts.own': 'Your text',
  'texts.ours': 'Proposed text',
  'texts.edit': 'Change',
  'texts.hint': '“## ” begins a heading, “- ” a list.',
  'texts.reset': 'Take the proposed text again',
  cancel: 'Cancel',
  save: 'Save',
}
