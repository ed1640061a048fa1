//! Pairs of titles of our own: which tell one story, and which only look so.

use std::sync::Arc;

use super::*;
use article_format::fixture::article;

/// A title and its excerpt, which may be empty.
type Text = (&'static str, &'static str);

/// Pairs that tell two stories, though their words are nearly the same.
const DIFFERENT: &[(Text, Text)] = &[
    // Versions, numbers, parts and editions.
    (("Sparrow 2.4.1 is out with faster builds", ""), ("Sparrow 2.5.0 is out with faster builds", "")),
    (("Sparrow 3.0 beta is out with faster builds", ""), ("Sparrow 3.0 rc is out with faster builds", "")),
    (
        ("Sparrow language server reaches version 1.10", "The team released 1.10 of the language server."),
        ("Sparrow language server reaches version 1.1", "The team released 1.1 of the language server."),
    ),
    (("Building a kernel in Rust, part 3: paging", ""), ("Building a kernel in Rust, part 4: paging", "")),
    (
        ("Weekly database newsletter issue 211 for engineers", ""),
        ("Weekly database newsletter issue 212 for engineers", ""),
    ),
    (
        ("Season two of Harbour Lights gets a trailer", ""),
        ("Season three of Harbour Lights gets a trailer", ""),
    ),
    (
        ("The 50th Lisbon film festival opens its doors", ""),
        ("The 51st Lisbon film festival opens its doors", ""),
    ),
    (
        (
            "Nordbank fined 12 million euros over money laundering",
            "The regulator fined Nordbank over lapses in its controls.",
        ),
        (
            "Nordbank fined 21 million euros over money laundering",
            "The regulator fined Nordbank over lapses in its controls.",
        ),
    ),
    // Currencies, flags and signs.
    (
        ("Nordbank raises $40 million for its lending app", ""),
        ("Nordbank raises €40 million for its lending app", ""),
    ),
    (
        ("Summer games 2028 medal table: gold for 🇩🇪 in rowing", ""),
        ("Summer games 2028 medal table: gold for 🇫🇷 in rowing", ""),
    ),
    (
        ("Why tests with coverage > 90% matter for teams", ""),
        ("Why tests with coverage < 90% matter for teams", ""),
    ),
    (
        ("Learning C++ in the browser with small exercises", ""),
        ("Learning C# in the browser with small exercises", ""),
    ),
    // Earnings, and opposites.
    (
        (
            "Acme reports first quarter earnings above forecasts",
            "Acme on Tuesday reported earnings above forecasts of analysts.",
        ),
        (
            "Acme reports second quarter earnings above forecasts",
            "Acme on Tuesday reported earnings above forecasts of analysts.",
        ),
    ),
    (
        ("Acme reports Q3 revenue growth of its cloud unit", ""),
        ("Acme reports Q4 revenue growth of its cloud unit", ""),
    ),
    (
        (
            "Acme shares rise after quarterly results on Tuesday",
            "Shares of Acme moved after the company reported its results.",
        ),
        (
            "Acme shares fall after quarterly results on Tuesday",
            "Shares of Acme moved after the company reported its results.",
        ),
    ),
    (
        (
            "Central bank raises interest rates by a quarter point",
            "The bank decided on rates, which it had cut in March.",
        ),
        (
            "Central bank cuts interest rates by a quarter point",
            "The bank decided on rates, which it had raised in March.",
        ),
    ),
    (
        ("Oil price climbs above 90 dollars in London trading", ""),
        ("Oil price drops below 90 dollars in London trading", ""),
    ),
    (
        ("Acme beats estimates with its cloud business again", ""),
        ("Acme misses estimates with its cloud business again", ""),
    ),
    // One does, or is done to.
    (
        ("Acme raises 30 million from Borealis for its chips", ""),
        ("Acme sues Borealis for 30 million over its chips", ""),
    ),
    (
        ("Acme sues Borealis over patents for wireless chips", ""),
        ("Borealis sues Acme over patents for wireless chips", ""),
    ),
    (
        ("Rovers beat United after extra time in cup final", ""),
        ("United beat Rovers after extra time in cup final", ""),
    ),
    (
        ("Acme to buy chip maker Borealis for 3 billion dollars", ""),
        ("Acme denies plan to buy chip maker Borealis for 3 billion dollars", ""),
    ),
    (
        ("Acme buys chip maker Borealis for 3 billion dollars", ""),
        ("Regulator blocks Acme's purchase of chip maker Borealis for 3 billion dollars", ""),
    ),
    (
        ("Acme to acquire robotics firm Borealis for 3 billion dollars", ""),
        ("Acme completes acquisition of robotics firm Borealis for 3 billion dollars", ""),
    ),
    // Negations and questions.
    (
        ("Acme will open its map data to developers", ""),
        ("Acme will not open its map data to developers", ""),
    ),
    (
        ("Parliament approves the new data protection law", ""),
        ("Parliament rejects the new data protection law", ""),
    ),
    (
        ("Minister says he knew about the leaked report", ""),
        ("Minister says he never knew about the leaked report", ""),
    ),
    (
        ("Acme doesn't sell its customers' location data", ""),
        ("Acme does sell its customers' location data", ""),
    ),
    (
        ("Is Acme about to buy the chip maker Borealis?", ""),
        ("Acme is about to buy the chip maker Borealis", ""),
    ),
    (
        ("Der Stadtrat stimmt dem neuen Stadion am Hafen zu", ""),
        ("Der Stadtrat stimmt dem neuen Stadion am Hafen nicht zu", ""),
    ),
    (
        ("Le conseil municipal approuve le nouveau stade du port", ""),
        ("Le conseil municipal n'approuve pas le nouveau stade du port", ""),
    ),
    // Products that are alike.
    (
        ("Falcon 12 phone review: a bright screen and long battery life", ""),
        ("Falcon 12 Pro phone review: a bright screen and long battery life", ""),
    ),
    (
        ("Acme unveils the Falcon phone with a folding screen", ""),
        ("Borealis unveils the Condor phone with a folding screen", ""),
    ),
    (
        (
            "Plover Analytics now available in the Cumulus cloud marketplace",
            "Plover today announced the availability of its analytics in the Cumulus marketplace, an online store of cloud services.",
        ),
        (
            "Heron Security now available in the Cumulus cloud marketplace",
            "Heron today announced the availability of its scanner in the Cumulus marketplace, an online store of cloud services.",
        ),
    ),
    (
        (
            "Plover joins the Cumulus partner network for retail",
            "The partner network helps customers to find companies that build solutions for retail.",
        ),
        (
            "Heron joins the Cumulus partner network for retail",
            "The partner network helps customers to find companies that build solutions for retail.",
        ),
    ),
    (
        ("Save 100 dollars on the Falcon watch at Bigstore today", ""),
        ("Save 100 dollars on the Condor tablet at Bigstore today", ""),
    ),
    (
        ("Acme recalls electric bikes sold since May over fire hazard", ""),
        ("Acme recalls baby strollers sold since May over fire hazard", ""),
    ),
    (
        (
            "Acme partners with Plover to bring maps to electric cars",
            "Acme and Plover will build maps for the cars of several makers.",
        ),
        (
            "Acme partners with Heron to bring maps to electric cars",
            "Acme and Heron will build maps for the cars of several makers.",
        ),
    ),
    // Places, days and months.
    (
        (
            "Acme opens a data center region in Portugal",
            "Acme said its region in Portugal serves customers from today.",
        ),
        (
            "Acme opens a data center region in Norway",
            "Acme said its region in Norway serves customers from today.",
        ),
    ),
    (
        ("Cumulus is available in the UK West region for all customers", ""),
        ("Cumulus is available in the UK South region for all customers", ""),
    ),
    (
        ("Feature update of the Sparrow editor for May 2026", ""),
        ("Feature update of the Sparrow editor for June 2026", ""),
    ),
    (
        ("Monday briefing: five things to know before markets open", ""),
        ("Tuesday briefing: five things to know before markets open", ""),
    ),
    (
        ("Morning briefing: things to know about the markets", ""),
        ("Evening briefing: things to know about the markets", ""),
    ),
    (
        ("Bundesliga highlights of match day 7: all goals", ""),
        ("Bundesliga highlights of match day 8: all goals", ""),
    ),
    (
        ("Rovers draw 2-2 with United in league opener", ""),
        ("Rovers draw 1-1 with United in league opener", ""),
    ),
    (
        ("Women's cup final: Rovers meet United on Sunday", ""),
        ("Men's cup final: Rovers meet United on Sunday", ""),
    ),
    (
        ("Earthquake of magnitude 5.1 shakes northern Chile", ""),
        ("Earthquake of magnitude 6.3 shakes northern Chile", ""),
    ),
    (
        ("Wildfire near Porto forces hundreds to leave homes", ""),
        ("Wildfire near Athens forces hundreds to leave homes", ""),
    ),
    (
        ("Poll: the Green party leads with 31 percent", ""),
        ("Poll: the Green party leads with 27 percent", ""),
    ),
    (
        ("Poll shows the Green party ahead in the north", ""),
        ("Poll shows the Liberal party ahead in the north", ""),
    ),
    // Crimes and courts: one act in several steps.
    (
        ("Court convicts former Acme manager of insider trading", ""),
        ("Court acquits former Acme manager of insider trading", ""),
    ),
    (
        ("Former Acme manager arrested in insider trading case", ""),
        ("Former Acme manager sentenced in insider trading case", ""),
    ),
    (
        ("Two people die in a train crash near Leipzig", ""),
        ("Four people die in a train crash near Leipzig", ""),
    ),
    // Other languages and scripts.
    (
        ("Die Bahn erhöht die Preise für Fahrkarten im Fernverkehr", ""),
        ("Die Bahn senkt die Preise für Fahrkarten im Fernverkehr", ""),
    ),
    (
        ("El banco central sube los tipos de interés otra vez", ""),
        ("El banco central baja los tipos de interés otra vez", ""),
    ),
    (("ソニーが新型カメラを本日から発売すると発表", ""), ("ニコンが新型カメラを本日から発売すると発表", "")),
    (("第12回東京国際映画祭が本日開幕しました", ""), ("第13回東京国際映画祭が本日開幕しました", "")),
    // Too little in common, or too short.
    (("Acme opens new office", ""), ("Acme opens a new office", "")),
    (
        ("Acme and Borealis announce plans for wind parks", ""),
        ("Acme and Borealis report record profits for the year", ""),
    ),
];

/// Pairs that tell one story in other words.
const SAME: &[(Text, Text)] = &[
    (
        ("Acme acquires chip maker Borealis for $3 billion", ""),
        ("Acme buys chip maker Borealis for $3bn", ""),
    ),
    (("Acme to invest $1.5 billion in Portugal", ""), ("Acme To Invest $1.5 Bln In Portugal Cloud", "")),
    (
        ("Acme launches a low-cost satellite phone for hikers", ""),
        ("Acme unveils low-cost satellite phone for hikers", ""),
    ),
    (
        ("U.S. judge puts merger of Acme and Borealis on hold", ""),
        ("US judge puts merger of Acme and Borealis on hold", ""),
    ),
    (
        ("Acme opens data centre in northern Portugal next month", ""),
        ("Acme opens data center in northern Portugal", ""),
    ),
    (
        ("Plover™ Analytics now available in the Cumulus marketplace", ""),
        ("Plover(TM) Analytics is now available in the Cumulus Marketplace", ""),
    ),
    (
        ("Correction: Acme acquires monitoring company Plover to expand", ""),
        ("Acme Acquires Monitoring Company Plover To Expand", ""),
    ),
    (
        ("Sparrow 2.5 released with a faster compiler", ""),
        ("Sparrow 2.5 released with a faster compiler and new lints", ""),
    ),
    (
        (
            "Acme guns for Plover's mapping business with open data",
            "Acme will give its map data away. The data sets of Acme cover 40 countries and compete with those of Plover, a maker of maps.",
        ),
        (
            "Acme challenges Plover with the release of open mapping data",
            "Acme gives away map data that covers 40 countries. The sets compete with the business of Plover, a maker of maps.",
        ),
    ),
    (("新型カメラを本日から全国で発売すると発表", ""), ("新型カメラを本日から全国で発売すると発表した", "")),
];

fn is_one_story(one: Text, other: Text) -> bool {
    let articles = [("one", one), ("other", other)].map(|(id, (title, excerpt))| {
        Arc::new(article(id, |article| {
            article.title = title.into();
            article.excerpt = (!excerpt.is_empty()).then(|| excerpt.into());
            article.published_at = "2026-06-01T00:00:00Z".parse().ok();
            article.link = Some(format!("https://{id}.example/").into());
        }))
    });
    let stories = Stories::new(&articles);
    let (first, second) = (Position::new(0), Position::new(1));
    let is_one = stories.story_of(second) == first;
    assert_eq!(stories.reason(&articles, first, second).is_some(), is_one, "{one:?} / {other:?}");
    is_one
}

#[test]
fn titles_of_one_pattern_tell_two_stories() {
    let joined: Vec<_> = DIFFERENT.iter().filter(|(one, other)| is_one_story(*one, *other)).collect();
    assert!(joined.is_empty(), "{joined:#?}");
}

#[test]
fn titles_in_other_words_tell_one_story() {
    let apart: Vec<_> = SAME.iter().filter(|(one, other)| !is_one_story(*one, *other)).collect();
    assert!(apart.is_empty(), "{apart:#?}");
}
