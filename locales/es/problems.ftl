# The problems of article files and topic files. The problems themselves stay English.

problems-none = Ningún archivo tiene problemas.
problems-count = ⚠️ Hay { $problems ->
    [one] { $problems } problema
   *[other] { $problems } problemas
} en { $files ->
    [one] { $files } archivo
   *[other] { $files } archivos
}.

# A button, at most 80 characters.
problems-show = Mostrar problemas ({ $problems })
