# The cards of articles. They have little room: a card fits five times into one message.

# Names of fields. At most 256 characters.
card-heat = Hitze
card-quality = Qualität
card-topics = Themen

# The heat of an article, and the heat of an article that is not hot.
heat-hot = 🔥 { $heat }
heat-cold = ❄ { $heat }

# Below a card, beside other facts, as "🔥 73 · quality 63 · article".
fact-quality = Qualität { $quality }
fact-picture = Bild: { $credit }

# Below the excerpt. $sources is a list of names.
also-covered = Auch bei { $sources }

# A course or a video, beside its price and its levels, as "1 h 31 min · Free · rated 4.7".
length-minutes = { $minutes } Min.
length-hours = { $hours } Std.
length-hours-minutes = { $hours } Std. { $minutes } Min.
length-days = { $days ->
    [one] { $days } Tag
   *[other] { $days } Tage
}
# $average is text, as "4.7".
rated = Bewertung { $average }
rated-by = Bewertung { $average } ({ $count ->
    [one] { $count } Stimme
   *[other] { $count } Stimmen
})
