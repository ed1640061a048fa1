# /why: what happened to an article in each feed of a server. In all texts, $when is Discord's own text, as "3 minutes ago".

why-description = Affiche pourquoi chaque flux a posté un article, ou non
why-article-description = Des mots du titre, dans n’importe quel ordre, ou le chemin sans .md

why-title = **{ $title }**
why-title-gone = **{ $title }** ne fait plus partie des articles.
# $verdict is one or several of the sentences below.
why-verdict = • Flux **{ $feed }** dans { $channel } : { $verdict }

# The other articles of the story, a line each. $reason is one of the lines that follow.
why-story = Cet article parle de la même actu { $count ->
    [one] qu’un autre article
   *[other] que { $count } autres articles
} :
why-story-article = • **{ $title }** ({ $source }). { $reason }
why-story-further = • et { $count ->
    [one] { $count } autre
   *[other] { $count } autres
}
joined-by-address = Les deux ont la même adresse.
joined-by-equal-title = Des sources différentes ont publié le même titre à { $days } jours d’intervalle au plus.
joined-by-near-title = Des sources différentes ont publié presque le même titre à { $days } jours d’intervalle au plus : { $shared } mots sur { $all } sont dans les deux titres{ $supported ->
    [0] .
    [one] , et { $supported } autre est dans l’extrait de l’autre article.
   *[other] , et { $supported } autres sont dans l’extrait de l’autre article.
}
joined-by-first = Les deux parlent de la même actu que **{ $title }**.
joined-by-others = D’autres articles sur cette actu relient les deux.

why-article-gone = Cet article n’est plus dans la collection, et aucun flux de ce serveur ne l’a eu.
why-no-article = Aucun titre ne contient « { $typed } », et aucun flux de ce serveur n’a eu d’article avec ce chemin. Tape quelques mots d’un titre, puis choisis un article dans la liste.

why-baseline = Pas posté. L’article était déjà là quand le flux a démarré, ou quand les règles du flux ont changé, { $when }.
why-sending = Le bot a commencé à le poster { $when } et attend la réponse de Discord.
# Discord leaves the full stop out of the link.
why-sent = Posté { $when } : { $link }.
why-sent-somewhere = Posté { $when }.
why-failed = Le post a échoué { $when }.
why-not-withdrawn = Le post devrait être retiré, mais le message est toujours là : { $link }.
why-withdrawn = Retiré { $when }.
why-withdrawn-visible-again = Les membres peuvent à nouveau voir l’article.
why-withdrawn-stays = Le bot ne reposte pas automatiquement un article retiré.
why-unknown = Le bot a essayé de le poster { $when } et ne sait pas si le post est dans le salon.
why-expired = Pas posté. L’article a dépassé l’âge de { $days ->
    [one] { $days } jour
   *[other] { $days } jours
} pendant qu’il attendait, { $when }.
why-can-resend = `/feed list` a un bouton pour le renvoyer.
why-can-withdraw = `/feed list` a un bouton pour réessayer de le retirer.
why-withheld = Le post devrait être retiré avec beaucoup d’autres, donc `/feed list` te demande de décider.
why-kept = Le post devrait être retiré, mais un modérateur a décidé de le garder.

# These sentences stand before the sentences on a post.
why-by-another-article = Dans ce salon, l’article { $article } parle de la même actu.
why-through-another-feed = Le flux **{ $feed }** de ce salon l’a pris.

why-due-next = À poster. C’est le prochain.
why-due-after = À poster, après { $count ->
    [one] { $count } autre article
   *[other] { $count } autres articles
}.
why-due-through = À poster. Le flux **{ $feed }** de ce salon s’en charge.
why-due-through-paused = Pas posté par ce flux, car l’article est sorti avant la création de ce flux. Le flux **{ $feed }** de ce salon doit le poster, mais il est en pause.
why-paused = À poster, mais le flux est en pause. `/feed list` affiche la raison.
why-not-begun = Le flux n’a pas démarré. Il démarre quand il y a des articles et que le bot les a tous lus.

# $hold is one of the lines that follow.
why-held = Mis de côté. { $hold }
hold-unpublished = Selon le fichier, l’article n’est pas publié.
hold-removed = Selon le fichier, l’article est supprimé.
hold-draft = Selon le fichier, l’article est un brouillon (`draft: true`).
hold-not-yet = La date de l’article est dans le futur, { $when }.
hold-no-link = L’article n’a pas de lien (`webUrl` ou `originalUrl`).
hold-link-too-long = Le lien de l’article dépasse les { $characters } caractères que Discord autorise.
hold-not-announced = Le fichier contient `announce: false`, donc le flux ne poste l’article que si un modérateur le demande.
hold-unknown-topic = Plus aucun article ni aucun fichier de thème n’a le thème { $topic } de ce flux.
hold-other-topic = L’article ne parle ni du thème { $topic } ni de l’un de ses sous-thèmes.
hold-other-type = L’article est de type { $kind }, et ce flux ne prend que le type { $wanted }.
hold-no-type = L’article n’a pas de type, et ce flux ne prend que le type { $wanted }.
hold-other-source = L’article vient de { $source }, et ce flux ne prend que les articles de { $wanted }.
hold-no-source = L’article n’a pas de source, et ce flux ne prend que les articles de { $wanted }.
hold-no-word = Ni le titre ni l’extrait ne contient l’un des mots de ce flux : **{ $words }**.
hold-excluded-word = Le titre ou l’extrait contient { $word }, et ce flux écarte ces articles.
hold-quality = La qualité de l’article est { $quality }, et ce flux exige une qualité d’au moins { $min }.
hold-no-quality = L’article n’a pas de qualité, et ce flux exige une qualité d’au moins { $min }.
hold-heat = La chaleur de l’article est { $heat }, et ce flux exige une chaleur d’au moins { $min }.
hold-undated = L’article n’a pas de date, et ce flux ne prend que les articles de { $days ->
    [one] { $days } jour
   *[other] { $days } jours
} au plus.
hold-too-old = L’article est sorti { $when }, et ce flux ne prend que les articles de { $days ->
    [one] { $days } jour
   *[other] { $days } jours
} au plus.
