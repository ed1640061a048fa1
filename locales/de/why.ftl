# /why: what happened to an article in each feed of a server. In all texts, $when is Discord's own text, as "3 minutes ago".

why-description = Zeigt, warum ein Artikel in den einzelnen Feeds gepostet wurde oder nicht
why-article-description = Wörter aus dem Titel, in beliebiger Reihenfolge, oder der Pfad ohne .md

why-title = **{ $title }**
why-title-gone = **{ $title }** ist nicht mehr unter den Artikeln.
# $verdict is one or several of the sentences below.
why-verdict = • Feed **{ $feed }** in { $channel }: { $verdict }

# The other articles of the story, a line each. $reason is one of the lines that follow.
why-story = Dieser Artikel bringt dieselbe Meldung wie { $count ->
    [one] { $count } anderer Artikel
   *[other] { $count } andere Artikel
}:
why-story-article = • **{ $title }** ({ $source }). { $reason }
why-story-further = • und { $count } weitere
joined-by-address = Beide haben dieselbe Adresse.
joined-by-equal-title = Verschiedene Anbieter haben innerhalb von { $days } Tagen denselben Titel veröffentlicht.
joined-by-near-title = Verschiedene Anbieter haben innerhalb von { $days } Tagen fast denselben Titel veröffentlicht: { $shared } von { $all } Wörtern stehen in beiden Titeln{ $supported ->
    [0] .
   *[other] , dazu { $supported } im Auszug des anderen Artikels.
}
joined-by-first = Beide bringen die Meldung von **{ $title }**.
joined-by-others = Andere Artikel zu dieser Meldung verbinden die beiden.

why-article-gone = Dieser Artikel ist nicht mehr in der Sammlung, und kein Feed dieses Servers hatte ihn.
why-no-article = Kein Titel enthält „{ $typed }“, und kein Feed dieses Servers hatte einen Artikel mit diesem Pfad. Tippe ein paar Wörter eines Titels und wähle dann einen Artikel aus der Liste.

why-baseline = Nicht gepostet. Den Artikel gab es schon, als { $when } der Feed startete oder sich seine Regeln änderten.
why-sending = Der Bot hat { $when } angefangen, ihn zu posten, und wartet auf die Antwort von Discord.
# Discord leaves the full stop out of the link.
why-sent = Gepostet { $when }: { $link }.
why-sent-somewhere = Gepostet { $when }.
why-failed = Der Beitrag ist { $when } fehlgeschlagen.
why-not-withdrawn = Der Beitrag sollte zurückgezogen werden, aber die Nachricht ist noch da: { $link }.
why-withdrawn = Zurückgezogen { $when }.
why-withdrawn-visible-again = Mitglieder können den Artikel wieder sehen.
why-withdrawn-stays = Der Bot postet einen zurückgezogenen Artikel nicht von selbst noch einmal.
why-unknown = Der Bot hat { $when } versucht, ihn zu posten. Er weiß nicht, ob der Beitrag im Kanal steht.
why-expired = Nicht gepostet. Der Artikel wurde { $when } beim Warten älter als { $days ->
    [one] { $days } Tag
   *[other] { $days } Tage
}.
why-can-resend = `/feed list` hat einen Button, der ihn erneut sendet.
why-can-withdraw = `/feed list` hat einen Button, der noch einmal versucht, ihn zurückzuziehen.
why-withheld = Der Beitrag soll zusammen mit vielen anderen zurückgezogen werden. Deshalb bittet dich `/feed list` um eine Entscheidung.
why-kept = Der Beitrag sollte zurückgezogen werden, aber die Moderation hat entschieden, ihn zu behalten.

# These sentences stand before the sentences on a post.
why-by-another-article = Dort bringt der Artikel { $article } dieselbe Meldung.
why-through-another-feed = Feed **{ $feed }** dieses Kanals hat ihn übernommen.

why-due-next = Fällig. Er kommt als Nächstes.
why-due-after = Fällig, nach { $count ->
    [one] { $count } anderen Artikel
   *[other] { $count } anderen Artikeln
}.
why-due-through = Fällig. Feed **{ $feed }** dieses Kanals postet ihn.
why-due-through-paused = Nicht von diesem Feed gepostet, weil der Artikel älter ist als dieser Feed. Feed **{ $feed }** dieses Kanals muss ihn posten, ist aber pausiert.
why-paused = Fällig, aber der Feed ist pausiert. `/feed list` zeigt den Grund.
why-not-begun = Der Feed hat noch nicht angefangen. Er startet, sobald es Artikel gibt und der Bot alle gelesen hat.

# $hold is one of the lines that follow.
why-held = Zurückgehalten. { $hold }
hold-unpublished = Laut der Datei ist der Artikel nicht veröffentlicht.
hold-removed = Laut der Datei ist der Artikel entfernt.
hold-draft = Laut der Datei ist der Artikel ein Entwurf (`draft: true`).
hold-not-yet = Das Datum des Artikels liegt in der Zukunft ({ $when }).
hold-no-link = Der Artikel hat keinen Link (`webUrl` oder `originalUrl`).
hold-link-too-long = Der Link des Artikels ist länger als die { $characters } Zeichen, die Discord erlaubt.
hold-not-announced = In der Datei steht `announce: false`. Deshalb postet der Feed den Artikel nur, wenn die Moderation es verlangt.
hold-unknown-topic = Kein Artikel und keine Themendatei hat mehr das Thema { $topic } dieses Feeds.
hold-other-topic = Der Artikel handelt weder von { $topic } noch von einem Unterthema davon.
hold-other-type = Der Artikel hat den Typ { $kind }. Dieser Feed nimmt nur den Typ { $wanted }.
hold-no-type = Der Artikel hat keinen Typ. Dieser Feed nimmt nur den Typ { $wanted }.
hold-other-source = Der Artikel ist von { $source }. Dieser Feed nimmt nur Artikel von { $wanted }.
hold-no-source = Der Artikel hat keine Quelle. Dieser Feed nimmt nur Artikel von { $wanted }.
hold-no-word = Weder Titel noch Auszug enthalten eines der Wörter dieses Feeds: **{ $words }**.
hold-excluded-word = Titel oder Auszug enthalten { $word }. Solche Artikel lässt dieser Feed weg.
hold-quality = Die Qualität des Artikels ist { $quality }. Dieser Feed nimmt nur eine Qualität ab { $min }.
hold-no-quality = Der Artikel hat keine Qualität. Dieser Feed nimmt nur eine Qualität ab { $min }.
hold-heat = Die Hitze des Artikels ist { $heat }. Dieser Feed nimmt nur eine Hitze ab { $min }.
hold-undated = Der Artikel hat kein Datum. Dieser Feed nimmt nur Artikel { $days ->
    [one] der letzten 24 Stunden
   *[other] der letzten { $days } Tage
}.
hold-too-old = Der Artikel ist { $when } erschienen. Dieser Feed nimmt nur Artikel { $days ->
    [one] der letzten 24 Stunden
   *[other] der letzten { $days } Tage
}.
