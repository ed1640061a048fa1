# /news and /topics.

news-description = Muestra artículos, los más candentes primero
news-topic-description = De qué tratan los artículos, como AI; el bot también encuentra nombres parecidos
news-type-description = Qué tipo de artículos, como article o video
news-source-description = Quién publicó los artículos
news-since-description = Desde cuándo
news-sort-description = Qué artículos van primero
# A choice of an option. $value is the same in all languages, $meaning is one of the lines that follow.
news-choice = { $value } ({ $meaning })

since-today = las últimas 24 horas
since-week = los últimos 7 días
since-month = los últimos 30 días
since-year = los últimos 365 días
sort-heat = los más candentes primero
sort-trending = las tendencias primero
sort-newest = los más recientes primero
sort-quality = los mejores primero

# Above the cards: "**AI** · type **video** · the last 7 days · hottest first · 83 articles · page 2 of 17".
news-type = tipo { $name }
news-source = fuente { $name }
count-articles = { $count ->
    [one] { $count } artículo
   *[other] { $count } artículos
}

# $name is what the bot shows for $typed.
news-similar = { $filter ->
    [topic] No hay ningún tema «{ $typed }». El tema más parecido es { $name }.
    [type] No hay ningún tipo «{ $typed }». El tipo más parecido es { $name }.
   *[source] No hay ninguna fuente «{ $typed }». La fuente más parecida es { $name }.
}
news-alias = «{ $typed }» es otro nombre de { $name }.
news-prefix = «{ $typed }» es parte de un nombre de { $name }.

news-last-page = La lista es más corta ahora. Esta es su última página.

news-empty = La colección aún no tiene artículos que mostrar.
# $conditions as above: "**AI** · the last 7 days".
news-nothing = Sin resultados: { $conditions }.
news-see-topics = `/topics` muestra todos los temas.
news-wider = Con menos condiciones, hay artículos:
# Buttons, at most 80 characters. $count is the number of articles.
news-any-time = Cualquier fecha ({ $count })
news-any = { $filter ->
    [topic] Cualquier tema ({ $count })
    [type] Cualquier tipo ({ $count })
   *[source] Cualquier fuente ({ $count })
}
news-all-of = Todo sobre { $name } ({ $count })

news-gone = { $filter ->
    [topic] Ya ningún artículo tiene el tema de este botón.
    [type] Ya ningún artículo tiene el tipo de este botón.
   *[source] Ya ningún artículo tiene la fuente de este botón.
} Vuelve a usar `/news`.
# Buttons with the names follow.
news-unknown = { $filter ->
    [topic] No hay ningún tema «{ $typed }». Temas parecidos:
    [type] No hay ningún tipo «{ $typed }». Tipos parecidos:
   *[source] No hay ninguna fuente «{ $typed }». Fuentes parecidas:
}
news-no-names = { $filter ->
    [topic] No hay ningún tema «{ $typed }», porque ningún artículo tiene tema.
    [type] No hay ningún tipo «{ $typed }», porque ningún artículo tiene tipo.
   *[source] No hay ninguna fuente «{ $typed }», porque ningún artículo tiene fuente.
}

topics-description = Muestra todos los temas, con su artículo más candente
topics-none = Ningún artículo tiene tema todavía.
topics = Temas
count-topics = { $count ->
    [one] { $count } tema
   *[other] { $count } temas
}
# A closed menu, at most 150 characters.
menu-topics = Mostrar los artículos de un tema
