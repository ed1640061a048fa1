# The problems of article files and topic files. The problems themselves stay English.

problems-none = 問題のあるファイルはありません。
problems-count = ⚠️ { $files }個のファイルに{ $problems }件の問題があります。

# A button, at most 80 characters.
problems-show = 問題を表示（{ $problems }）
