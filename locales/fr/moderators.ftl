# Who may use what is for moderators.

moderators-no-server = Seuls les modérateurs d’un serveur peuvent utiliser ceci. Cela ne marche pas en messages privés.
moderators-only = Seuls les modérateurs peuvent utiliser ceci. Il te faut la permission « Gérer le serveur ». Un administrateur peut aussi t’autoriser cette commande dans Paramètres du serveur, Intégrations.
moderators-unknown = Le bot n’a pas pu demander à Discord qui peut utiliser cette commande ici. Pour l’instant, seuls les membres avec « Gérer le serveur » peuvent l’utiliser. Réessaie dans une minute.
moderators-busy = Le bot est occupé par d’autres commandes. Réessaie dans une minute.

# /reload and problems of files, where OPERATOR_GUILD_IDS leaves the server out.
operators-only = Les fichiers des articles appartiennent à la personne qui gère le bot. Seuls les modérateurs de ses serveurs peuvent les relire et voir leurs problèmes. Si un article manque ou contient une erreur, préviens la personne qui gère le bot.

server-without-bot = Le bot n’est pas sur ce serveur, donc il n’y a pas de modérateurs ici. Une personne avec la permission « Gérer le serveur » doit d’abord ajouter le bot au serveur.
server-unknown = Le bot n’a pas pu demander à Discord s’il est sur ce serveur. Réessaie dans une minute.

command-from-another-version = Cette commande vient d’une autre version du bot. Recharge Discord pour voir les commandes actuelles.
