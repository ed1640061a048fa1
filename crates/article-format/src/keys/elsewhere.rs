//! Keys that other programs have for what a key of ours does: Hugo, Jekyll, Astro, Zola, and the feeds of the web.

use super::super::schema::FileKind;

/// Folded keys (lower case, without `_`, `-` and spaces), and the advice for each.
type Table = &'static [(&'static [&'static str], &'static str)];

/// Of an article, and of an entry of `related`.
const OF_STORY: Table = &[
    (
        &[
            "date",
            "datetime",
            "pubdate",
            "pubdatetime",
            "publishdate",
            "publisheddate",
            "publicationdate",
            "publishedat",
            "publishedon",
            "publishedtime",
            "created",
            "createdat",
            "createddate",
            "issued",
            "posted",
            "postdate",
            "timestamp",
        ],
        "write it as publishedDateTime, with time and zone, as 2026-06-15T09:00:00Z",
    ),
    (
        &[
            "lastmod",
            "lastmodified",
            "lastmodifiedat",
            "lastupdated",
            "modified",
            "modifiedat",
            "modifieddate",
            "moddate",
            "updated",
            "updatedat",
            "updateddate",
            "updatedon",
        ],
        "write it as updatedDateTime, with time and zone, as 2026-06-15T09:00:00Z",
    ),
    (
        &["tag", "tags", "categories", "keyword", "keywords", "taxonomies", "subjects", "labels", "section"],
        "write them under topics, one a line behind “- ”",
    ),
    (
        &[
            "description",
            "metadescription",
            "seodescription",
            "summary",
            "abstract",
            "teaser",
            "intro",
            "introduction",
            "lead",
            "lede",
            "blurb",
            "snippet",
            "synopsis",
            "subtitle",
            "standfirst",
            "content",
            "body",
        ],
        "write it as excerpt",
    ),
    (
        &[
            "link",
            "links",
            "url",
            "uri",
            "href",
            "permalink",
            "canonical",
            "canonicallink",
            "canonicalurl",
            "externallink",
            "externalurl",
            "linkurl",
            "website",
            "homepage",
        ],
        "write the whole address, with https://, as webUrl",
    ),
    (
        &["aliases", "alias", "sourceurl", "redirectfrom", "amp", "ampurl"],
        "write another address of the same story as originalUrl",
    ),
    (
        &[
            "cover",
            "coverimage",
            "image",
            "img",
            "imageurl",
            "heroimage",
            "hero",
            "thumbnail",
            "thumb",
            "picture",
            "photo",
            "banner",
            "featuredimage",
            "featureimage",
            "ogimage",
            "socialimage",
            "previewimage",
            "teaserimage",
        ],
        "write its address under images, in a line “- url: https://...”",
    ),
    (
        &["author", "authors", "byline", "writer", "contributors", "creator"],
        "write them under provider, below authors, each in a line “- name: ...”",
    ),
    (
        &["source", "publisher", "publication", "site", "sitename", "outlet", "via"],
        "write it as name below provider",
    ),
    (&["domain", "host"], "write it as domain below provider"),
    (&["headline", "heading", "name", "linktitle"], "write it as title"),
    (&["kind", "format", "contenttype", "posttype"], "write it as type"),
];

/// Of an article alone.
const OF_ARTICLE: Table = &[
    (
        &[
            "unpublished",
            "hidden",
            "hide",
            "private",
            "unlisted",
            "disabled",
            "ispublic",
            "public",
            "visible",
        ],
        "published says this: write “published: false” to hide the article",
    ),
    (&["ispublished", "live", "status", "state"], "write it as published, true or false"),
    (
        &["deleted", "archived", "retracted", "withdrawn", "expired", "obsolete"],
        "write “removed: true” to take the article back",
    ),
    (
        &["expirydate", "expires", "expiresat", "expirationdate", "expiry", "unpublishdate", "enddate"],
        "nothing ends by itself; write “removed: true” when the time has come",
    ),
    (&["isdraft", "wip"], "write it as draft, true or false"),
    (
        &["slug", "path", "id", "guid", "uid", "uuid"],
        "delete it; the name of the file is the name of the article",
    ),
    (
        &[
            "weight",
            "priority",
            "order",
            "rank",
            "featured",
            "pinned",
            "pin",
            "sticky",
            "score",
            "popularity",
        ],
        "write it as heat, where a higher number comes first",
    ),
    (&["duration", "readingtime", "timetoread", "readtime", "runtime"], "write it as length, as PT9M7S"),
    (&["level", "difficulty"], "write it under levels, in a line “- beginner”"),
    (&["cost"], "write it as price"),
    (
        &["params", "extra", "frontmatter", "meta", "metadata"],
        "write the keys below it at the beginning of their lines; nothing reads them here",
    ),
    (&["layout", "template", "theme"], "delete it; every article is shown as a card"),
    (
        &["seealso", "relatedposts", "relatedarticles"],
        "write them under related, each in lines “- title: ...” and “webUrl: ...”",
    ),
];

const OF_IMAGE: Table = &[
    (&["src", "href", "link", "path", "file", "image"], "write it as url"),
    (&["alt", "caption", "alttext", "description", "name"], "write it as title"),
    (&["credit", "credits", "author", "copyright", "source", "license"], "write it as attribution"),
];

const OF_PROVIDER: Table = &[
    (
        &["url", "link", "website", "site", "host", "homepage", "weburl"],
        "write its host, as example.com, as domain",
    ),
    (&["title"], "write it as name"),
    (&["author", "writer", "byline"], "write it under authors, in a line “- name: ...”"),
    (
        &["icon", "logo", "image", "avatar", "favicon"],
        "write its address under images, in a line “- url: https://...”",
    ),
];

const OF_TOPIC: Table = &[
    (&["title", "label", "term"], "write it as name"),
    (
        &["aliases", "alias", "synonyms", "tags", "words", "terms"],
        "write them under keywords, one a line behind “- ”",
    ),
    (&["slug", "key"], "write it as _id"),
    (&["parents", "broader", "above"], "write the topic above this one as parent"),
    (&["image", "icon", "logo", "cover"], "write its address under images, in a line “- https://...”"),
];

/// What to write in the place of a key of another program that stands below `place` (nothing for the whole file).
pub(super) fn remedy(kind: FileKind, place: &str, key: &str) -> Option<&'static str> {
    let tables: &[Table] = match (kind, place) {
        (FileKind::Article, "") => &[OF_STORY, OF_ARTICLE],
        (FileKind::Article, "related") => &[OF_STORY],
        (FileKind::Article, "images") => &[OF_IMAGE],
        (FileKind::Article, "provider") => &[OF_PROVIDER],
        (FileKind::Topic, "") => &[OF_TOPIC],
        _ => return None,
    };
    let mut lines = tables.iter().copied().flatten();
    lines.find(|(keys, _)| keys.contains(&key)).map(|(_, remedy)| *remedy)
}

/// The key that a word negates: `published` for `notPublished`, `removed` for `unremoved`.
pub(super) fn opposite_of(key: &str) -> Option<&'static str> {
    const TRUE_OR_FALSE: [&str; 4] = ["published", "removed", "draft", "announce"];
    let key = key.strip_prefix("is").unwrap_or(key);
    let name = ["un", "not", "non", "no", "dis"].iter().find_map(|no| {
        let name = key.strip_prefix(no)?;
        TRUE_OR_FALSE.iter().find(|known| **known == name)
    });
    name.copied()
}

#[cfg(test)]
mod tests {
    use super::super::super::schema::FileKind;
    use super::super::{KnownKeys, folded};
    use super::*;

    fn check(kind: FileKind, text: &str, expected: &[&str]) {
        let problems = KnownKeys::of(kind).unknown_in("a", text.as_bytes());
        let shown: Vec<&str> = problems.iter().map(|problem| &*problem.remedy).collect();
        assert_eq!(shown, expected, "{text}");
    }

    fn article(yaml: &str, expected: &[&str]) {
        check(FileKind::Article, &format!("---\ntitle: T\n{yaml}\n---\n"), expected);
    }

    #[test]
    fn keys_of_other_programs_are_answered_with_ours() {
        let published = "write it as publishedDateTime, with time and zone, as 2026-06-15T09:00:00Z";
        article("date: 2026-06-15\npubDate: x\npublish_date: x", &[published; 3]);
        let updated = "write it as updatedDateTime, with time and zone, as 2026-06-15T09:00:00Z";
        article("lastmod: x\nlast_modified_at: x\nupdatedDate: x", &[updated; 3]);
        article(
            "tags: [a]\ncategories: [b]\nkeywords: c",
            &["write them under topics, one a line behind “- ”"; 3],
        );
        article("description: x\nsummary: y\nbody: z", &["write it as excerpt"; 3]);
        let address = "write the whole address, with https://, as webUrl";
        article("link: x\nurl: y\npermalink: z\ncanonicalURL: x", &[address; 4]);
        let image = "write its address under images, in a line “- url: https://...”";
        article("cover: {image: x}\nimage: y\nfeatured_image: z\nheroImage: x", &[image; 4]);
        let authors = "write them under provider, below authors, each in a line “- name: ...”";
        article("author: x\nauthors: [y]", &[authors; 2]);
        article("slug: x", &["delete it; the name of the file is the name of the article"]);
        article("weight: 3", &["write it as heat, where a higher number comes first"]);
        article("related:\n  - title: R\n    url: x\n    date: y", &[address, published]);
        article(
            "images:\n  - src: x\n    alt: y\n    credit: z",
            &["write it as url", "write it as title", "write it as attribution"],
        );
        article("provider: {url: x}", &["write its host, as example.com, as domain"]);
        let topic = "taxonomy: topic\nname: A\nsynonyms: [b]\ntitle: c\n";
        check(
            FileKind::Topic,
            topic,
            &["write them under keywords, one a line behind “- ”", "write it as name"],
        );
    }

    #[test]
    fn the_opposite_of_a_key_is_never_answered_with_that_key() {
        let hide = "published says this: write “published: false” to hide the article";
        article("unpublished: true\nhidden: true\nis-public: no", &[hide; 3]);
        let opposite = |name: &str| format!("{name} says the opposite: write “{name}: false” for true here");
        article("notPublished: true", &[&opposite("published")]);
        article("not_removed: true\nunRemoved: true", &[&opposite("removed"), &opposite("removed")]);
    }

    #[test]
    fn every_key_stands_once_as_it_is_compared_and_is_none_of_ours() {
        for (kind, place, tables) in [
            (FileKind::Article, "", &[OF_STORY, OF_ARTICLE][..]),
            (FileKind::Article, "images", &[OF_IMAGE]),
            (FileKind::Article, "provider", &[OF_PROVIDER]),
            (FileKind::Topic, "", &[OF_TOPIC]),
        ] {
            let mut seen = std::collections::HashSet::new();
            let schema = kind.json_schema();
            let schema = if place.is_empty() { &schema } else { &schema["properties"][place] };
            let known = super::super::part_of(schema, "properties")
                .or_else(|| super::super::part_of(super::super::part_of(schema, "items")?, "properties"));
            let known = known.unwrap().as_object().unwrap();
            for key in tables.iter().copied().flatten().flat_map(|(keys, _)| keys.iter()) {
                assert_eq!(folded(key), *key);
                assert!(seen.insert(*key), "{key} stands twice");
                assert!(!known.keys().any(|known| folded(known) == *key), "{key} is a key of ours");
            }
        }
    }
}
