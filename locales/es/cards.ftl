# The cards of articles. They have little room: a card fits five times into one message.

# Names of fields. At most 256 characters.
card-heat = Temperatura
card-quality = Calidad
card-topics = Temas

# The heat of an article, and the heat of an article that is not hot.
heat-hot = 🔥 { $heat }
heat-cold = ❄ { $heat }

# Below a card, beside other facts, as "🔥 73 · quality 63 · article".
fact-quality = calidad { $quality }
fact-picture = imagen: { $credit }

# Below the excerpt. $sources is a list of names.
also-covered = También en { $sources }

# A course or a video, beside its price and its levels, as "1 h 31 min · Free · rated 4.7".
length-minutes = { $minutes } min
length-hours = { $hours } h
length-hours-minutes = { $hours } h { $minutes } min
length-days = { $days ->
    [one] { $days } día
   *[other] { $days } días
}
# $average is text, as "4.7".
rated = valoración: { $average }
rated-by = valoración: { $average } ({ $count ->
    [one] { $count } persona
   *[other] { $count } personas
})
