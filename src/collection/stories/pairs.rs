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

/// Titles that tell two stories, also where the two articles have one excerpt in common that names neither.
const ALIKE: &[(&str, &str)] = &[
    (
        "Heron database 16.4 fixes two security issues in its planner",
        "Heron database 15.8 fixes two security issues in its planner",
    ),
    (
        "Daily market wrap: stocks end mixed as traders wait",
        "Weekly market wrap: stocks end mixed as traders wait",
    ),
    ("News digest for 12 May: what happened in science", "News digest for 13 May: what happened in science"),
    (
        "How we rebuilt our search engine, part one: the index",
        "How we rebuilt our search engine, part two: the index",
    ),
    ("How we rebuilt our search engine, Part I", "How we rebuilt our search engine, Part II"),
    (
        "Crown of Tides II comes to all consoles this autumn",
        "Crown of Tides III comes to all consoles this autumn",
    ),
    (
        "Podcast episode 41: a talk about compilers and parsers",
        "Podcast episode 42: a talk about compilers and parsers",
    ),
    (
        "Rovers 3-1 United: match report and player ratings",
        "Rovers 2-1 United: match report and player ratings",
    ),
    (
        "Rovers win 3-1 at home against United in the league",
        "Rovers win 4-0 at home against United in the league",
    ),
    (
        "Acme (NYSE: ACM) shares gap down before the opening bell",
        "Borealis (NYSE: BRL) shares gap down before the opening bell",
    ),
    (
        "Acme Corp (ACM) stock rating upgraded by Plover Bank",
        "Acme Corp (ACM) stock rating downgraded by Plover Bank",
    ),
    ("Acme Inc. (ACM) Q2 earnings call transcript", "Borealis Inc. (BRL) Q2 earnings call transcript"),
    (
        "Acme price target raised to 50 dollars at Plover Bank",
        "Acme price target raised to 50 dollars at Heron Capital",
    ),
    (
        "Acme acquires smaller rival Borealis in an all-share deal",
        "Borealis acquires smaller rival Acme in an all-share deal",
    ),
    (
        "Acme takes over rival Borealis after months of talks",
        "Borealis takes over rival Acme after months of talks",
    ),
    (
        "Bitcoin falls below 60,000 dollars for the first time this year",
        "Ether falls below 60,000 dollars for the first time this year",
    ),
    (
        "Yen falls to its weakest level against the dollar this year",
        "Yuan falls to its weakest level against the dollar this year",
    ),
    (
        "Plover raises 30 million pounds for its mapping cars",
        "Plover raises 30 million euros for its mapping cars",
    ),
    (
        "The best phones of 2025 that you can buy right now",
        "The best phones of 2026 that you can buy right now",
    ),
    (
        "Budget 2025: what changes for families and students",
        "Budget 2026: what changes for families and students",
    ),
    (
        "Rovers vs United: kick-off time and how to watch",
        "Rovers vs Wanderers: kick-off time and how to watch",
    ),
    (
        "Rovers v United: line-ups and live updates from the cup",
        "City v Wanderers: line-ups and live updates from the cup",
    ),
    ("ソニー、2026年3月期の業績予想を上方修正", "ソニー、2026年3月期の業績予想を下方修正"),
    ("日経平均株価は続伸、終値は三万八千円台", "日経平均株価は続落、終値は三万八千円台"),
    ("東京で震度5弱の地震がありました", "東京で震度4の地震がありました"),
    ("政府は来年度の増税を実施すると発表した", "政府は来年度の増税を実施しないと発表した"),
    ("央行宣布下调存款准备金率零点五个百分点", "央行宣布上调存款准备金率零点五个百分点"),
    ("公司宣布收购一家德国的机器人制造商", "公司宣布出售一家德国的机器人制造商"),
    (
        "Anna Berg appointed chief financial officer of Plover",
        "Jonas Lind appointed chief financial officer of Plover",
    ),
    (
        "Plover appoints Anna Berg as chief financial officer",
        "Plover appoints Anna Berg as chief technology officer",
    ),
    ("Singer Anna Berg dies at the age of 81", "Actor Jonas Lind dies at the age of 81"),
    (
        "Weather forecast for Leipzig: sunny with some clouds",
        "Weather forecast for Dresden: sunny with some clouds",
    ),
    ("Acme to cut 500 jobs at its plant in Hamburg", "Acme to create 500 jobs at its plant in Hamburg"),
    ("Man charged with murder after stabbing in Leeds", "Man charged with murder after stabbing in York"),
    ("Sparrow 4.2 for Linux brings a new file dialog", "Sparrow 4.2 for Windows brings a new file dialog"),
    (
        "Plover raises 30 million dollars in Series A round",
        "Plover raises 30 million dollars in Series B round",
    ),
    (
        "Stocks mixed before the rate decision of the central bank",
        "Stocks mixed after the rate decision of the central bank",
    ),
    (
        "Acme shares up 5% in early trading after results",
        "Acme shares down 5% in early trading after results",
    ),
    (
        "US inflation rises to 3.1% in May as food prices climb",
        "UK inflation rises to 3.1% in May as food prices climb",
    ),
    ("Voters say yes to the new stadium at the harbour", "Voters say no to the new stadium at the harbour"),
    ("Acme phone ships with a charger in the box", "Acme phone ships without a charger in the box"),
    (
        "Jonas Lind joins Rovers from United on a free transfer",
        "Jonas Lind leaves Rovers for United on a free transfer",
    ),
    (
        "Acme enters the Portuguese energy market with a partner",
        "Acme leaves the Portuguese energy market with a partner",
    ),
    ("Court rules that the strike at Acme is legal", "Court rules that the strike at Acme is illegal"),
    ("Unemployment increases in the euro zone in June", "Unemployment decreases in the euro zone in June"),
    (
        "Player tests positive before the final of the cup",
        "Player tests negative before the final of the cup",
    ),
    ("Acme messenger gets stickers on Android phones", "Acme messenger gets stickers on iPhone phones"),
    ("First leg: Rovers and United share the points", "Second leg: Rovers and United share the points"),
    (
        "Acme grants workers at its plants a fifth week of holiday",
        "Acme denies workers at its plants a fifth week of holiday",
    ),
    (
        "Government bans the sale of e-cigarettes to adults",
        "Government allows the sale of e-cigarettes to adults",
    ),
    (
        "Parliament votes for the new data retention law",
        "Parliament votes against the new data retention law",
    ),
    (
        "Storm Anna: trains stop in the north of the country",
        "Storm Boris: trains stop in the north of the country",
    ),
    ("Live: cabinet meets to discuss the budget, day 2", "Live: cabinet meets to discuss the budget, day 3"),
    ("Acme CEO buys 10,000 shares of his own company", "Acme CEO sells 10,000 shares of his own company"),
    (
        "Bundestag stimmt für das neue Klimagesetz der Regierung",
        "Bundestag stimmt gegen das neue Klimagesetz der Regierung",
    ),
    (
        "Le chômage augmente en France au deuxième trimestre",
        "Le chômage baisse en France au deuxième trimestre",
    ),
    (
        "Acme heads to trial over its wireless patents in Texas",
        "Acme wins trial over its wireless patents in Texas",
    ),
    (
        "Plover 🇺🇸 launches its maps for cyclists everywhere",
        "Plover 🇬🇧 launches its maps for cyclists everywhere",
    ),
    ("Gold hits record as investors look for safety", "Silver hits record as investors look for safety"),
    (
        "Hotfix 2 for Crown of Tides is out now on consoles",
        "Hotfix 3 for Crown of Tides is out now on consoles",
    ),
    (
        "Security update for Sparrow: CVE-2026-1234 is fixed today",
        "Security update for Sparrow: CVE-2026-4321 is fixed today",
    ),
    (
        "Acme opens first store in Mumbai with a local partner",
        "Acme opens second store in Mumbai with a local partner",
    ),
    (
        "Half of voters trust the government, a survey says",
        "A third of voters trust the government, a survey says",
    ),
];

/// Pairs that tell one story in other words.
const SAME: &[(Text, Text)] = &[
    (
        ("Acme takes over chip maker Borealis in a share deal", ""),
        ("Acme acquires chip maker Borealis in a share deal", ""),
    ),
    (
        ("Rebuilding a search engine, part one: the index", ""),
        ("Rebuilding a search engine, part 1: the index", ""),
    ),
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
fn titles_that_differ_at_one_place_tell_two_stories_whatever_the_excerpt() {
    let common = "The news of the day about people and companies, with all that readers have to know.";
    let is_joined = |(one, other): &&(&'static str, &'static str)| {
        ["", common].into_iter().any(|excerpt| is_one_story((one, excerpt), (other, excerpt)))
    };
    let joined: Vec<_> = ALIKE.iter().filter(is_joined).collect();
    assert!(joined.is_empty(), "{joined:#?}");
}

#[test]
fn titles_in_other_words_tell_one_story() {
    let apart: Vec<_> = SAME.iter().filter(|(one, other)| !is_one_story(*one, *other)).collect();
    assert!(apart.is_empty(), "{apart:#?}");
}
