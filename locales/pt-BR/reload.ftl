# /reload, and what a load changed.

reload-description = Lê os arquivos de artigos de novo e mostra o que mudou

reload-too-soon = O bot acabou de ler os arquivos para este servidor. Tente de novo em { $seconds ->
    [one] { $seconds } segundo
   *[other] { $seconds } segundos
}. `/status` mostra o que mudou.
reload-stopping = O bot está sendo desligado, por isso não leu os arquivos. Tente de novo em um minuto.

# $changes is changes-none or changes-some.
reload-done = O bot leu os arquivos de artigos em { $milliseconds } ms. { $changes } { $articles ->
    [0] Agora não há nenhum artigo.
    [one] Agora há { $articles } artigo.
   *[other] Agora há { $articles } artigos.
}

# $cause is English, as in the log.
reload-failed = ⚠️ O bot não conseguiu ler a pasta de artigos: { $cause }. Ele continua mostrando os artigos que leu antes ({ $articles ->
    [0] nenhum artigo
    [one] { $articles } artigo
   *[other] { $articles } artigos
}). Peça à pessoa responsável pelo bot que restaure a pasta.
reload-incomplete = ⚠️ O bot não conseguiu ler todos os arquivos. Dos que faltaram, ele continua mostrando o que leu antes. A lista de problemas mostra a causa.
reload-last-good = Se um arquivo era válido antes, o bot continua mostrando a última versão válida. Corrija o arquivo para mostrar a nova versão.

changes-none = Nada mudou.
# $changes is a list of the lines that follow.
changes-some = Mudanças: { $changes }.
changes-articles-added = { $count ->
    [one] { $count } artigo adicionado
   *[other] { $count } artigos adicionados
}
changes-articles-changed = { $count ->
    [one] { $count } artigo alterado
   *[other] { $count } artigos alterados
}
changes-articles-removed = { $count ->
    [one] { $count } artigo removido
   *[other] { $count } artigos removidos
}
changes-topic-files-added = { $count ->
    [one] { $count } arquivo de assunto adicionado
   *[other] { $count } arquivos de assunto adicionados
}
changes-topic-files-changed = { $count ->
    [one] { $count } arquivo de assunto alterado
   *[other] { $count } arquivos de assunto alterados
}
changes-topic-files-removed = { $count ->
    [one] { $count } arquivo de assunto removido
   *[other] { $count } arquivos de assunto removidos
}
changes-files-fixed = { $count ->
    [one] { $count } arquivo corrigido
   *[other] { $count } arquivos corrigidos
}
changes-problems-new = { $count ->
    [one] { $count } problema novo
   *[other] { $count } problemas novos
}
changes-problems-gone = { $count ->
    [one] { $count } problema resolvido
   *[other] { $count } problemas resolvidos
}

# $names is a list of names.
names-articles-added = • Artigos adicionados: { $names }
names-articles-changed = • Artigos alterados: { $names }
names-articles-removed = • Artigos removidos: { $names }
names-topic-files-added = • Arquivos de assunto adicionados: { $names }
names-topic-files-changed = • Arquivos de assunto alterados: { $names }
names-topic-files-removed = • Arquivos de assunto removidos: { $names }
names-files-fixed = • Arquivos corrigidos: { $names }

# In a list of names: a changed file with the keys that changed, and how many names the list leaves out.
names-with-keys = { $name } ({ $keys })
names-left-out = mais { $count }
