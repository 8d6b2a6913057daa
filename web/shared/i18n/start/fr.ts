// The start page and the demo's messages, in French. The other languages follow these keys.
export const fr = {
  sentence: 'Pour que vos clients reviennent.',
  apps: 'Les quatre applications',
  noAnswer: 'Habitué ne répond pas. Nouvel essai dans un instant.',
  demo: 'Ceci est une démonstration : rien n’est envoyé à personne.',
  'demo.messages': 'Lire les messages qui seraient partis',
  dashboard: 'Le tableau de bord',
  'dashboard.for': 'Pour le commerçant : ses clients, ses récompenses, ses chiffres.',
  'dashboard.try':
    'À essayer : cherchez un client, corrigez ses points, changez la couleur du commerce.',
  till: 'La caisse',
  'till.for': 'Pour encaisser sans autre matériel, et fidéliser dans le même geste.',
  'till.try':
    'À essayer : encaissez deux articles, puis inscrivez le client avec un numéro inventé.',
  tablet: 'La borne',
  'tablet.for':
    'Posée au comptoir : l’achat s’affiche, le client tape son numéro, ses points sont gardés.',
  'tablet.try': 'À essayer : reliez-la en vous connectant, puis fermez une vente sur sa caisse.',
  app: 'L’application',
  'app.for': 'Pour le client : sa carte, ses points et ses récompenses dans sa poche.',
  'app.try':
    'À essayer : choisissez un commerce et demandez un code ; il arrive parmi les messages.',
  'app.where': 'Chaque commerce a la sienne : le code de sa borne y mène.',
  messages: 'Les messages',
  'messages.for': 'La démonstration n’envoie rien : ce qui serait parti s’affiche ici, aussitôt.',
  'messages.starting': 'Un instant…',
  'messages.none': 'Aucun message pour l’instant.',
  'messages.noneHow': 'Demandez un code dans l’application d’un commerce : il arrive ici.',
  'messages.noDemo': 'Ce serveur n’est pas une démonstration.',
  'message.to': 'Message pour {address}',
  'message.copy': 'Copier le code',
  'message.copied': 'Code copié',
} as const
