# /why: what happened to an article in each feed of a server. In all texts, $when is Discord's own text, as "3 minutes ago".

why-description = Muestra por qué un artículo se publicó o no en cada feed
why-article-description = Palabras del título, en cualquier orden, o la ruta sin .md

why-title = **{ $title }**
why-title-gone = **{ $title }** ya no está entre los artículos.
# $verdict is one or several of the sentences below.
why-verdict = • Feed **{ $feed }** en { $channel }: { $verdict }

# The other articles of the story, a line each. $reason is one of the lines that follow.
why-story = Este artículo trata la misma noticia que { $count ->
    [one] { $count } artículo más
   *[other] { $count } artículos más
}:
why-story-article = • **{ $title }** ({ $source }). { $reason }
why-story-further = • y { $count } más
joined-by-address = Los dos tienen la misma dirección.
joined-by-equal-title = Fuentes distintas publicaron el mismo título en un plazo de { $days } días.
joined-by-near-title = Fuentes distintas publicaron casi el mismo título en un plazo de { $days } días: { $shared } de { $all } palabras están en los dos títulos{ $supported ->
    [0] .
    [one] , y { $supported } más está en el extracto del otro artículo.
   *[other] , y { $supported } más están en el extracto del otro artículo.
}
joined-by-first = Los dos tratan la noticia de **{ $title }**.
joined-by-others = Otros artículos de esta noticia conectan estos dos.

why-article-gone = Este artículo ya no está en la colección y ningún feed de este servidor lo tuvo.
why-no-article = Ningún título contiene «{ $typed }» y ningún feed de este servidor tuvo un artículo con esta ruta. Escribe algunas palabras de un título y elige un artículo de la lista.

why-baseline = No publicado. El artículo ya estaba cuando empezó el feed o cuando cambiaron las reglas del feed, { $when }.
why-sending = El bot empezó a publicarlo { $when } y espera la respuesta de Discord.
# Discord leaves the full stop out of the link.
why-sent = Publicado { $when }: { $link }.
why-sent-somewhere = Publicado { $when }.
why-failed = La publicación falló { $when }.
why-not-withdrawn = La publicación debería retirarse, pero el mensaje sigue ahí: { $link }.
why-withdrawn = Retirado { $when }.
why-withdrawn-visible-again = Los miembros pueden ver de nuevo el artículo.
why-withdrawn-stays = El bot no vuelve a publicar automáticamente un artículo retirado.
why-unknown = El bot intentó publicarlo { $when } y no sabe si la publicación está en el canal.
why-expired = No publicado. Mientras esperaba, el artículo superó el límite de { $days ->
    [one] { $days } día
   *[other] { $days } días
} de antigüedad, { $when }.
why-can-resend = `/feed list` tiene un botón que lo publica de nuevo.
why-can-withdraw = `/feed list` tiene un botón que intenta retirarlo de nuevo.
why-withheld = La publicación debería retirarse junto con muchas otras, así que `/feed list` te pide que decidas.
why-kept = La publicación debía retirarse, pero un moderador decidió conservarla.

# These sentences stand before the sentences on a post.
why-by-another-article = El artículo { $article } trata allí la misma noticia.
why-through-another-feed = Lo tomó el feed **{ $feed }** de este canal.

why-due-next = Pendiente. Es el siguiente.
why-due-after = Pendiente, después de { $count ->
    [one] { $count } artículo más
   *[other] { $count } artículos más
}.
why-due-through = Pendiente. Lo publica el feed **{ $feed }** de este canal.
why-due-through-paused = Este feed no lo publicó, porque el artículo salió antes de que se creara este feed. Tiene que publicarlo el feed **{ $feed }** de este canal, y ese feed está en pausa.
why-paused = Pendiente, pero el feed está en pausa. `/feed list` muestra el motivo.
why-not-begun = El feed no ha empezado. Empieza cuando haya artículos y el bot los haya leído todos.

# $hold is one of the lines that follow.
why-held = Retenido. { $hold }
hold-unpublished = El archivo dice que el artículo no está publicado.
hold-removed = El archivo dice que el artículo está eliminado.
hold-draft = El archivo dice que el artículo es un borrador (`draft: true`).
hold-not-yet = La fecha del artículo está en el futuro, { $when }.
hold-no-link = El artículo no tiene enlace (`webUrl` u `originalUrl`).
hold-link-too-long = El enlace del artículo supera los { $characters } caracteres que Discord permite.
hold-not-announced = El archivo dice `announce: false`, así que el feed publica el artículo solo cuando un moderador lo pide.
hold-unknown-topic = Ningún artículo ni archivo de tema tiene ya el tema { $topic } de este feed.
hold-other-topic = El artículo no trata sobre { $topic } ni sobre uno de sus subtemas.
hold-other-type = El artículo es de tipo { $kind } y este feed solo acepta el tipo { $wanted }.
hold-no-type = El artículo no tiene tipo y este feed solo acepta el tipo { $wanted }.
hold-other-source = El artículo es de { $source } y este feed solo acepta artículos de { $wanted }.
hold-no-source = El artículo no tiene fuente y este feed solo acepta artículos de { $wanted }.
hold-no-word = Ni el título ni el extracto tienen una de las palabras de este feed: **{ $words }**.
hold-excluded-word = El título o el extracto tiene { $word } y este feed deja fuera esos artículos.
hold-quality = La calidad del artículo es { $quality } y este feed solo acepta una calidad de { $min } o más.
hold-no-quality = El artículo no tiene un valor de calidad y este feed solo acepta una calidad de { $min } o más.
hold-heat = La temperatura del artículo es { $heat } y este feed solo acepta una temperatura de { $min } o más.
hold-undated = El artículo no tiene fecha y este feed solo acepta artículos de hasta { $days ->
    [one] { $days } día
   *[other] { $days } días
} de antigüedad.
hold-too-old = El artículo salió { $when } y este feed solo acepta artículos de hasta { $days ->
    [one] { $days } día
   *[other] { $days } días
} de antigüedad.
