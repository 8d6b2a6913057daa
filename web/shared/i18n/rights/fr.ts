// The words of people’s rights: their data, how long it is kept, the texts they may read. French decides the
// keys; English and Spanish follow.
export const fr = {
  'export.heading': 'Recevoir vos données',
  'export.staffHeading': 'Copie de ses données',
  'export.text':
    'Tout ce que la boutique sait de vous : achats, points, messages, accords, et quand ' +
    'l’équipe a consulté votre fiche.',
  'export.page': 'Lire ou imprimer',
  'export.file': 'Emporter (pour un autre logiciel)',
  'export.name': 'mes-donnees',
  'export.proof':
    'Pour recevoir vos données, déconnectez-vous, puis entrez de nouveau avec un code. ' +
    'Sinon, demandez-les au comptoir.',
  'export.failed': 'Cela n’a pas marché. Réessayez dans un instant.',
  'export.staffText':
    'Pour répondre à une demande d’accès : tout ce que la boutique sait de cette personne. À ne donner qu’à elle.',
  'legal.heading': 'Vos données et nos conditions',
  'legal.notice': 'Ce qui est dit avant l’inscription',
  'legal.privacy': 'Confidentialité',
  'legal.terms': 'Conditions du programme',
  'legal.legal': 'Mentions légales',
  'legal.back': 'Retour',
  'legal.unread': 'Ces textes n’ont pas pu être lus. Réessayez dans un instant.',
  tab: 'Données personnelles',
  'keep.heading': 'Durée de conservation',
  'keep.text':
    'Un client dont vous n’avez plus de nouvelles ne peut pas être gardé sans fin : la CNIL ' +
    'recommande 3 ans après le dernier contact. Un contact, c’est un achat, une récompense, ' +
    'l’application ouverte ou la carte montrée à la caisse ; pas un e-mail ouvert.',
  'keep.months': 'Effacer après',
  'keep.unit': 'mois sans nouvelles',
  'keep.long': 'Plus de {months} mois : ce sera difficile à justifier.',
  'keep.range': 'De 1 à 120 mois.',
  'keep.look': 'Voir qui serait effacé',
  'keep.nobody': 'Personne ne serait effacé aujourd’hui.',
  'keep.count': {
    one: '{count} personne serait effacée.',
    other: '{count} personnes seraient effacées.',
  },
  'keep.name': 'Client',
  'keep.nameless': 'Sans nom',
  'keep.heard': 'Dernier contact',
  'keep.more': 'Afficher la suite',
  'keep.onHint':
    'Chaque jour, sans leur écrire. Leurs points sont perdus ; vos comptes restent justes. C’est sans retour.',
  'keep.isOn': 'Actif : les clients sans nouvelles depuis {months} mois sont effacés chaque jour.',
  'keep.isOff': 'Inactif : personne n’est effacé.',
  'keep.start': 'Activer l’effacement',
  'keep.stop': 'Arrêter l’effacement',
  'keep.confirm':
    'Effacer dès maintenant, chaque jour, les clients sans nouvelles depuis {months} mois ?',
  'who.heading': 'Qui vous êtes',
  'who.text': 'Ces lignes complètent les textes que vos clients peuvent lire.',
  'who.company': 'Raison sociale',
  'who.registration': 'Immatriculation (RCS, NEQ…)',
  'who.address': 'Adresse',
  'who.email_address': 'E-mail de contact',
  'who.phone_number': 'Téléphone',
  'who.publisher': 'Responsable de la publication',
  'who.privacy_officer': 'Responsable des données personnelles',
  'who.privacy_contact': 'Comment le joindre',
  'who.host': 'Hébergeur (nom et adresse)',
  'who.missing': 'Là où une ligne manque, vos clients lisent « (à compléter) ».',
  'who.saved': 'Enregistré.',
  'texts.heading': 'Vos textes',
  'texts.text':
    'Rédigés pour vous, complétés par les lignes ci-dessus. Vous pouvez les écrire vous-même ' +
    '; ce que chacun a accepté reste consultable. Faites-les relire : ce ne sont pas des ' +
    'conseils juridiques.',
  'texts.language': 'Langue',
  'texts.own': 'Votre texte',
  'texts.ours': 'Texte proposé',
  'texts.edit': 'Modifier',
  'texts.hint': '« ## » commence un titre, « - » une liste.',
  'texts.reset': 'Reprendre le texte proposé',
  cancel: 'Annuler',
  save: 'Enregistrer',
} as const
