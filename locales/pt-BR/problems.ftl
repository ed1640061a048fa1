# The problems of article files and topic files. The problems themselves stay English.

problems-none = Nenhum arquivo tem problemas.
problems-count = ⚠️ { $problems ->
    [one] Há { $problems } problema
   *[other] Há { $problems } problemas
} em { $files ->
    [one] { $files } arquivo
   *[other] { $files } arquivos
}.

# A button, at most 80 characters.
problems-show = Mostrar problemas ({ $problems })
