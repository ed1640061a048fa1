# /reload, and what a load changed.

reload-description = Vuelve a leer los archivos de artículos y muestra qué cambió

reload-too-soon = El bot acaba de leer los archivos para este servidor. Inténtalo de nuevo en { $seconds ->
    [one] { $seconds } segundo
   *[other] { $seconds } segundos
}. `/status` muestra qué cambió.
reload-stopping = El bot se está apagando, así que no leyó los archivos. Inténtalo de nuevo en un minuto.

# $changes is changes-none or changes-some.
reload-done = El bot leyó los archivos de artículos en { $milliseconds } ms. { $changes } { $articles ->
    [one] Ahora hay { $articles } artículo.
   *[other] Ahora hay { $articles } artículos.
}

# $cause is English, as in the log.
reload-failed = ⚠️ El bot no pudo leer la carpeta de artículos: { $cause }. Sigue mostrando los artículos que leyó antes ({ $articles ->
    [one] { $articles } artículo
   *[other] { $articles } artículos
}). Pide a quien gestiona el bot que restaure la carpeta.
reload-incomplete = ⚠️ El bot no pudo leer todos los archivos. De los demás sigue mostrando lo que leyó antes. La lista de problemas indica la causa.
reload-last-good = Si un archivo estaba bien antes, el bot sigue mostrando su última versión correcta. Corrige el archivo para mostrar la versión nueva.

changes-none = No cambió nada.
# $changes is a list of the lines that follow.
changes-some = Cambios: { $changes }.
changes-articles-added = { $count ->
    [one] { $count } artículo añadido
   *[other] { $count } artículos añadidos
}
changes-articles-changed = { $count ->
    [one] { $count } artículo cambiado
   *[other] { $count } artículos cambiados
}
changes-articles-removed = { $count ->
    [one] { $count } artículo eliminado
   *[other] { $count } artículos eliminados
}
changes-topic-files-added = { $count ->
    [one] { $count } archivo de tema añadido
   *[other] { $count } archivos de tema añadidos
}
changes-topic-files-changed = { $count ->
    [one] { $count } archivo de tema cambiado
   *[other] { $count } archivos de tema cambiados
}
changes-topic-files-removed = { $count ->
    [one] { $count } archivo de tema eliminado
   *[other] { $count } archivos de tema eliminados
}
changes-files-fixed = { $count ->
    [one] { $count } archivo corregido
   *[other] { $count } archivos corregidos
}
changes-problems-new = { $count ->
    [one] { $count } problema nuevo
   *[other] { $count } problemas nuevos
}
changes-problems-gone = { $count ->
    [one] { $count } problema resuelto
   *[other] { $count } problemas resueltos
}

# $names is a list of names.
names-articles-added = • Artículos añadidos: { $names }
names-articles-changed = • Artículos cambiados: { $names }
names-articles-removed = • Artículos eliminados: { $names }
names-topic-files-added = • Archivos de tema añadidos: { $names }
names-topic-files-changed = • Archivos de tema cambiados: { $names }
names-topic-files-removed = • Archivos de tema eliminados: { $names }
names-files-fixed = • Archivos corregidos: { $names }

# In a list of names: a changed file with the keys that changed, and how many names the list leaves out.
names-with-keys = { $name } ({ $keys })
names-left-out = { $count } más
