# The problems of article files and topic files. The problems themselves stay English.

problems-none = Aucun fichier n’a de problème.
problems-count = ⚠️ { $problems ->
    [one] Il y a { $problems } problème
   *[other] Il y a { $problems } problèmes
} dans { $files ->
    [one] { $files } fichier
   *[other] { $files } fichiers
}.

# A button, at most 80 characters.
problems-show = Afficher les problèmes ({ $problems })
