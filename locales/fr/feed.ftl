# /feed: the feeds of a server.

# The command as Discord lists it. Each description has at most 100 characters.
feed-description = Salons qui reçoivent les nouveaux articles
feed-add-description = Crée un flux : un salon qui reçoit les nouveaux articles
feed-list-description = Affiche tous les flux de ce serveur, les problèmes d’abord
feed-edit-description = Modifie un flux ; les options que tu ne donnes pas restent telles quelles
feed-pause-description = Met un flux en pause ; les articles à poster ne sont pas perdus
feed-resume-description = Relance un flux
feed-remove-description = Supprime un flux ; ses messages restent
feed-test-description = Poste une carte, marquée comme test, sans mention
feed-option-channel = Le salon ou le fil qui reçoit les articles
feed-option-feed = Le flux
feed-option-topic = Seulement les articles sur ce thème et ses sous-thèmes
feed-option-type = Seulement les articles de ce type, par exemple article ou video
feed-option-source = Seulement les articles de cette source
feed-option-words = Mots ou expressions séparés par des virgules : le titre ou l’extrait doit en contenir un
feed-option-without = Mots ou expressions séparés par des virgules : ni le titre ni l’extrait ne doit en contenir
feed-option-min-quality = La qualité minimale d’un article
feed-option-min-heat = La chaleur minimale d’un article
feed-option-max-age-days = L’âge maximal d’un article en jours ; 0 pour tout âge
feed-option-mention = Un rôle que chaque post mentionne
feed-option-silent = Poste sans notification
feed-option-max-per-hour = Le nombre maximal de posts par heure (1 à { $posts })
feed-option-quiet-hours = Quand le flux ne poste rien, par exemple 22:00-07:00
feed-option-timezone = Le fuseau horaire des heures calmes et des récaps, par exemple Europe/Paris
feed-option-digest = Regroupe les articles en un post : off, hourly, daily 09:00 ou weekly monday 09:00
feed-option-thread = Ouvre un fil pour chaque post
feed-option-crosspost = Publie chaque post sur les serveurs qui suivent le salon
feed-option-backfill = Combien d’articles poster tout de suite, les plus chauds d’abord (0 à { $articles })
feed-option-clear = Le réglage à supprimer
# $option is the name of an option.
feed-clear = { $option ->
    [topic] le thème
    [type] le type
    [source] la source
    [words] les mots
    [without] les mots exclus
    [min_heat] la chaleur minimale
    [quiet_hours] les heures calmes
   *[mention] la mention
}

# What Discord offers while a moderator types. At most 100 characters, without markup. $feed is a number.
# $about is a channel, and where the feed has them its topic, type and source: "#news · AI · video · Example".
choice-feed = Flux { $feed } : { $about }
choice-feed-paused = Flux { $feed } (en pause) : { $about }
# A channel whose name the bot does not know.
choice-channel = salon { $channel }
choice-digest-off = désactivé (un post par article)
choice-digest-hourly = toutes les heures
choice-digest-daily = tous les jours à { $time }
# $day is one of the lines that follow.
choice-digest-weekly = chaque { $day } à { $time }
# A day of the week, also in pacing-digest-weekly.
weekday = { $day ->
    [monday] lundi
    [tuesday] mardi
    [wednesday] mercredi
    [thursday] jeudi
    [friday] vendredi
    [saturday] samedi
   *[sunday] dimanche
}

# A feed as a moderator may type it. "3" alone works as well.
feed-typed = flux { $feed }

no-feeds = Ce serveur n’a pas encore de flux. Crée un flux avec `/feed add`.
no-such-feed = Ce serveur n’a pas de flux « { $typed } ». Choisis un flux dans la liste que Discord affiche pendant que tu tapes.
several-feeds = « { $typed } » a plusieurs flux. Choisis-en un dans la liste que Discord affiche pendant que tu tapes.
no-feeds-without-database = Le bot fonctionne sans base de données, donc il n’y a pas de flux. La personne qui gère le bot peut définir `DATABASE_URL`.

# Why the channel or the role cannot be used.
channel-gone = Discord indique que { $channel } n’existe pas. Choisis un autre salon.
channel-elsewhere = { $channel } n’est pas un salon de ce serveur, ou le bot ne le connaît pas. Choisis un salon de ce serveur.
channel-unknown = Le bot n’a pas pu demander à Discord ce qu’est { $channel }. Réessaie dans une minute.
channel-wrong-type = { $channel } n’est ni un salon textuel, ni un salon d’annonces, ni un forum, ni un fil. Choisis l’un d’eux.
role-elsewhere = Le rôle donné pour `mention` n’est pas un rôle de ce serveur. Choisis un rôle de ce serveur.
roles-unknown = Le bot n’a pas pu demander à Discord les rôles de ce serveur. Réessaie dans une minute.

# Faults in the options. One alone is the whole answer. Several are a list below the next line.
option-faults = Rien n’a changé, à cause de ces options :
# $option is topic, source or type. $nearest is a list of names.
option-name-gone = { $option ->
    [topic] Plus aucun article n’a le thème que tu as choisi. Choisis un autre thème.
    [source] Plus aucun article n’a la source que tu as choisie. Choisis une autre source.
   *[type] Plus aucun article n’a le type que tu as choisi. Choisis un autre type.
}
option-name-unknown = { $option ->
    [topic] Il n’y a pas de thème « { $typed } ». Thèmes proches : { $nearest }.
    [source] Il n’y a pas de source « { $typed } ». Sources proches : { $nearest }.
   *[type] Il n’y a pas de type « { $typed } ». Types proches : { $nearest }.
}
option-no-names = { $option ->
    [topic] Il n’y a pas de thème « { $typed } », car aucun article n’a de thème. Enlève l’option `topic`.
    [source] Il n’y a pas de source « { $typed } », car aucun article n’a de source. Enlève l’option `source`.
   *[type] Il n’y a pas de type « { $typed } », car aucun article n’a de type. Enlève l’option `type`.
}
# $option is the name of an option, between backticks.
option-number = { $option } ne peut pas être { $given }. Donne un nombre entier de { $min } à { $max }.
# The options words and without.
option-words-empty = { $option } ne contient aucun mot. Écris des mots ou des expressions séparés par des virgules, par exemple `rust, machine learning`.
option-words-no-letters = « { $typed } » dans { $option } n’a ni lettre ni chiffre. Enlève-le.
option-words-too-long = { $option } est trop long. Donne des mots et des expressions de { $characters } caractères au plus en tout.
option-words-too-many = { $option } contient { $given } mots et expressions. Donnes-en { $max } au plus.
option-quiet-hours = « { $typed } » n’est pas une plage horaire pour `quiet_hours`. Écris-la sous la forme 22:00-07:00.
option-quiet-hours-empty = `quiet_hours` ne peut pas commencer et finir à la même heure. Écris la plage sous la forme 22:00-07:00.
option-timezone = Il n’y a pas de fuseau horaire « { $typed } ». Choisis-en un dans la liste, par exemple Europe/Paris.
option-digest = « { $typed } » n’est pas un récap. Écris `off`, `hourly`, `daily`, `daily 18:30` ou `weekly monday 09:00`.
option-mention-everyone = Le bot ne mentionne jamais `@everyone`. Choisis un autre rôle pour `mention`.
option-thread-in-forum = { $channel } est un forum, où chaque post est déjà un fil. Enlève l’option `thread`.
option-thread-in-thread = { $channel } est un fil, et un fil n’a pas de fils à lui. Enlève l’option `thread`.
option-crosspost = { $channel } n’est pas un salon d’annonces, donc ses posts ne peuvent pas être publiés sur d’autres serveurs. Enlève l’option `crosspost`, ou transforme le salon en salon d’annonces.
option-crosspost-in-thread = { $channel } est un fil, donc ses posts ne peuvent pas être publiés sur d’autres serveurs. Enlève l’option `crosspost`.
option-cleared-and-given = `clear` supprime { $option }, mais tu donnes aussi { $option }. Enlève l’un des deux.
option-clear-unknown = `clear` ne peut pas supprimer « { $typed } ». Choisis un réglage dans la liste.

# What the bot did. $feed is the number of a feed.
feed-added = Le bot a créé le flux **{ $feed }** dans { $channel }.
feed-edited = Le bot a modifié le flux **{ $feed }** dans { $channel }.
feed-paused = Le bot a mis en pause le flux **{ $feed }** dans { $channel }. Les articles à poster ne sont pas perdus : `/feed resume` reprend avec eux.
# Follows feed-paused.
feed-paused-while-posting = Un message était en cours d’envoi et Discord ne l’a pas encore confirmé. Ce message peut encore apparaître.
# The state of the feed follows on a line of its own.
feed-resumed = Le bot a relancé le flux **{ $feed }** dans { $channel }. Le flux poste les articles qui se sont accumulés pendant la pause, les plus chauds d’abord.
feed-removed = Le bot a supprimé le flux **{ $feed }** dans { $channel }. Ses messages restent, et un nouveau flux dans ce salon ne reposte pas leurs actus.
# Discord leaves the full stop out of the link.
feed-tested = Le bot a posté un test du flux **{ $feed }** dans { $channel } : { $link }. Le test ne compte pas comme un post, et tu peux le supprimer.
feed-edit-empty = Il n’y a rien à modifier. Donne au moins un réglage en plus de `feed` et `backfill`, par exemple `min_quality`.

# After feed-added: what the feed posts first.
feed-starts = Le flux poste les nouveaux articles dès leur arrivée, mais pas les articles déjà présents.
feed-starts-with = { $articles ->
    [one] Le flux poste maintenant l’article le plus chaud parmi ceux qui correspondent et qu’aucun flux de ce salon ne connaît. Les nouveaux articles suivent dès leur arrivée.
   *[other] Le flux poste maintenant les { $articles } articles les plus chauds parmi ceux qui correspondent et qu’aucun flux de ce salon ne connaît. Les nouveaux articles suivent dès leur arrivée.
}
feed-starts-later = Le flux démarre quand il y a des articles et que le bot les a tous lus. Ensuite, il poste les nouveaux articles dès leur arrivée, mais pas ceux qui sont déjà présents à ce moment-là.
feed-starts-later-with = { $articles ->
    [one] Le flux démarre quand il y a des articles et que le bot les a tous lus. Il poste alors l’article le plus chaud parmi ceux qui correspondent et qu’aucun flux de ce salon ne connaît. Les nouveaux articles suivent dès leur arrivée.
   *[other] Le flux démarre quand il y a des articles et que le bot les a tous lus. Il poste alors les { $articles } articles les plus chauds parmi ceux qui correspondent et qu’aucun flux de ce salon ne connaît. Les nouveaux articles suivent dès leur arrivée.
}
feed-test-hint = `/feed test` montre à quoi ressemble un post.

# After feed-edited: what the feed posts of the articles that are already there.
feed-edit-without-backfill = Le flux ne poste pas les articles déjà présents que seules les nouvelles règles autorisent.
feed-edit-backfill = { $articles ->
    [one] Parmi les articles déjà présents que seules les nouvelles règles autorisent, le flux poste au plus l’article le plus chaud.
   *[other] Parmi les articles déjà présents que seules les nouvelles règles autorisent, le flux poste au plus les { $articles } articles les plus chauds.
}

# Which articles a feed takes. Each text is an item of a line.
rule-any-topic = tous les thèmes
rule-topic = thème **{ $topic }** et ses sous-thèmes
rule-type = type **{ $kind }**
rule-source = source **{ $source }**
# $words is a list of words with commas between.
rule-words = avec l’un de **{ $words }**
rule-without = sans **{ $words }**
rule-any-quality = toute qualité
rule-quality = qualité d’au moins { $min }
rule-heat = chaleur d’au moins { $min }
rule-any-age = tout âge
rule-age = { $days ->
    [one] { $days } jour au plus
   *[other] { $days } jours au plus
}

# When and how a feed posts. Each text is an item of a line.
pacing-per-hour = { $posts ->
    [one] { $posts } post par heure au plus
   *[other] { $posts } posts par heure au plus
}
pacing-quiet-hours = heures calmes { $hours }
pacing-digest-hourly = récap toutes les heures
pacing-digest-daily = récap tous les jours à { $time }
pacing-digest-weekly = récap chaque { $day } à { $time }
pacing-time-zone = fuseau horaire { $zone }
pacing-thread = un fil pour chaque post
pacing-crosspost = les posts sont publiés
pacing-silent = sans notification
pacing-mention = mentionne { $role }

# /feed list. Each text is an item of a line.
feeds-count = { $feeds ->
    [one] **{ $feeds } flux**
   *[other] **{ $feeds } flux**
}
feeds-paused = ⚠️ { $feeds } en pause
posts-due = { $posts } à poster
posts-sent = { $posts ->
    [one] { $posts } posté
   *[other] { $posts } postés
}
posts-failed = ⚠️ { $posts } en échec
posts-unknown = ⚠️ { $posts ->
    [one] { $posts } incertain
   *[other] { $posts } incertains
}
posts-expired = { $posts ->
    [one] { $posts } expiré
   *[other] { $posts } expirés
}
posts-withdrawn = { $posts ->
    [one] { $posts } retiré
   *[other] { $posts } retirés
}
posts-withheld = ⚠️ { $posts } à retirer, si tu le décides

# Buttons. At most 80 characters, and a longer text loses its end.
button-resend = Renvoyer « { $title } »
button-dismiss = Ignorer « { $title } »
button-withdraw = Retirer « { $title } »
button-withdraw-all = Retirer ces messages du flux { $feed } ({ $posts })
button-keep-all = Garder ces messages du flux { $feed } ({ $posts })

# What a button did.
decided-resend = ✅ « { $title } » sera posté dans { $channel }.
decided-dismiss = ✅ « { $title } » reste tel quel.
decided-withdraw = ✅ « { $title } » sera retiré, si son fichier le demande toujours.
decided-withdraw-all = { $posts ->
    [one] ✅ { $posts } message du flux **{ $feed }** sera retiré.
   *[other] ✅ { $posts } messages du flux **{ $feed }** seront retirés.
}
decided-keep-all = { $posts ->
    [one] ✅ { $posts } message du flux **{ $feed }** reste.
   *[other] ✅ { $posts } messages du flux **{ $feed }** restent.
}

# A feed and a post of a feed, on the page of the demo. Each text is an item of a line.
note-feed = Flux **{ $feed }**
post-feed = flux **{ $feed }**
post-sent = posté { $when }
post-corrected = corrigé { $when }
post-thread-due = fil à ouvrir
post-thread-done = avec un fil
post-thread-refused = ⚠️ pas de fil
post-crosspost-due = pas encore publié
post-crosspost-done = publié
post-crosspost-refused = ⚠️ non publié
post-stories-withdrawn = { $withdrawn ->
    [one] { $withdrawn } actu sur { $stories } retirée
   *[other] { $withdrawn } actus sur { $stories } retirées
}
post-withheld = ⚠️ { $stories ->
    [one] { $stories } actu
   *[other] { $stories } actus
} à retirer, si un modérateur le décide
post-withdrawal-refused = ⚠️ devrait être retiré, mais Discord refuse

# /feed post, and Resend in /why.
post-not-visible = Aucun article visible ne porte ce nom : le fichier manque, est illisible ou n’est pas publié. Choisis un article dans la liste.
post-no-link = Cet article n’a pas de lien que Discord accepte, donc le bot ne peut pas le poster. Ajoute `webUrl` au fichier.
post-stands = Cette actu est déjà dans le salon, ou son message est en cours d’envoi.
post-open = Un message de cette actu a échoué, ou son résultat est inconnu. Décide d’abord dans `/feed list`.
feed-post-description = Poster maintenant un article dans le salon d’un flux
feed-option-article = L’article
feed-posted = ✅ Le flux **{ $feed }** a posté l’article dans { $channel } : { $link }
feed-post-failed = Le message du flux **{ $feed }** dans { $channel } n’a pas abouti. `/why` dit pourquoi, et `/feed list` a des boutons pour décider.
feed-post-waits = Le flux **{ $feed }** poste l’article dans { $channel } dès que Discord l’accepte. `/why` dit ce qu’il devient.
button-resend-in = Renvoyer dans le flux { $feed }
