# The problems of article files and topic files. The problems themselves stay English.

problems-none = No file has a problem.
problems-count = ⚠️ { $problems ->
    [one] There is { $problems } problem
   *[other] There are { $problems } problems
} in { $files ->
    [one] { $files } file
   *[other] { $files } files
}.

# A button, at most 80 characters.
problems-show = Show problems ({ $problems })
