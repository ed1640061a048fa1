# The problems of article files and topic files. The problems themselves stay English.

problems-none = Keine Datei hat ein Problem.
problems-count = ⚠️ Es gibt { $problems ->
    [one] { $problems } Problem
   *[other] { $problems } Probleme
} in { $files ->
    [one] { $files } Datei
   *[other] { $files } Dateien
}.

# A button, at most 80 characters.
problems-show = Probleme anzeigen ({ $problems })
