# The cards of articles. They have little room: a card fits five times into one message.

# Names of fields. At most 256 characters.
card-heat = 注目度
card-quality = 品質
card-topics = トピック

# The heat of an article, and the heat of an article that is not hot.
heat-hot = 🔥 { $heat }
heat-cold = ❄ { $heat }

# Below a card, beside other facts, as "🔥 73 · quality 63 · article".
fact-quality = 品質{ $quality }
fact-picture = 画像: { $credit }

# Below the excerpt. $sources is a list of names.
also-covered = { $sources }も報じています

# A course or a video, beside its price and its levels, as "1 h 31 min · Free · rated 4.7".
length-minutes = { $minutes }分
length-hours = { $hours }時間
length-hours-minutes = { $hours }時間{ $minutes }分
length-days = { $days }日間
# $average is text, as "4.7".
rated = 評価{ $average }
rated-by = 評価{ $average }（{ $count }人）
