#!/usr/bin/env python3
"""Holds heatwire's reading of a folder of articles against a second one that shares no code with it.

    cargo run --release --example articles_as_json -- FOLDER > articles.jsonl
    python3 .ci/compare_articles.py FOLDER articles.jsonl

Reads each *.md of FOLDER with PyYAML by the rules of docs/editors.md and compares title, link, heat, quality, date, topics,
visibility and the number of related stories. Prints every difference, then "N passed, N failed" (articles). The exit code
is 1 on any difference, and when nothing was compared.
"""

import datetime
import html
import json
import pathlib
import re
import sys
import urllib.parse

import yaml

# BaseLoader leaves every value the text that it is in the file: what `2020` or `yes` means is for the key to say.
LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

# Elements of which a title loses the tags, if both are there.
FORMATTING = (
    "a abbr acronym b bdi bdo big cite code del dfn em font i ins kbd mark nobr q s samp small span strike strong sub sup tt"
    " u var"
).split()
# What may stand behind the name of an element, up to the end of the tag.
REST = r"""(?=[\s/>])(?:=[ ]*"[^"]*"|=[ ]*'[^']*'|[^<>])*"""
FORMATTING_TAG = re.compile(rf"<(/?)({'|'.join(FORMATTING)}){REST}(?<!/)>", re.IGNORECASE)
LONE_TAG = re.compile(rf"<w?br{REST}>", re.IGNORECASE)
# In comments, scripts and styles nothing is looked for.
OPAQUE = re.compile(r"<!--.*?-->|<(script|style)(?=[\s/>])[^<>]*>.*?</\1(?=[\s/>])[^>]*>", re.IGNORECASE | re.DOTALL)
NULLS = {"", "~", "null", "Null", "NULL"}


def without_formatting(text):
    """The parts of a text between the tags of its complete formatting elements."""
    opaque = [match.span() for match in OPAQUE.finditer(text)]
    tags = [tag for tag in FORMATTING_TAG.finditer(text) if not any(a <= tag.start() < b for a, b in opaque)]
    started, cuts = {}, []
    for tag in tags:
        open_tags = started.setdefault(tag[2].lower(), [])
        if not tag[1]:
            open_tags.append(tag)
        elif open_tags:
            cuts += [(*open_tags.pop().span(), ""), (*tag.span(), "")]
    for tag in LONE_TAG.finditer(text):
        cuts.append((*tag.span(), "" if tag[0].lower().startswith("<w") else " "))
    parts, behind = [], 0
    for start, end, separator in sorted(cuts):
        parts += [text[behind:start], separator]
        behind = end
    return [*parts, text[behind:]]


def plain(text):
    """A title or topic as it is shown: references to characters are decoded part by part."""
    text = "".join(html.unescape(part) for part in without_formatting(text))
    return " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f]", " ", text).split())


def word(value):
    """The text of a value, or None for nothing."""
    if value is None or value in NULLS or not value.strip():
        return None
    return value.strip()


def boolean(value, default):
    text = word(value)
    return default if text is None else text.lower() in ("true", "yes", "on")


def whole(value, default):
    text = word(value)
    return default if text is None else int(text)


def instant(text):
    if text is None:
        return None
    moment = datetime.datetime.fromisoformat(text.upper())
    if moment.tzinfo is None:
        raise ValueError(f"{text}: no offset")
    return moment.astimezone(datetime.timezone.utc).replace(microsecond=0)


def address(url):
    """An address with only those differences taken out that change nothing: case of scheme and host, the host's IDNA
    form, a default port, an empty path, dot segments, and characters that must be percent-encoded."""
    if url is None:
        return None
    parts = urllib.parse.urlsplit(url.strip())
    host = (parts.hostname or "").encode("idna").decode("ascii") if parts.hostname else ""
    port = parts.port
    if port is not None and port != {"http": 80, "https": 443}.get(parts.scheme.lower()):
        host += f":{port}"
    segments = []
    for segment in (parts.path or "/").split("/"):
        if segment == "..":
            segments = segments[:-1] if len(segments) > 1 else segments
        elif segment != ".":
            segments.append(segment)
    if parts.path.endswith(("/.", "/..")):
        segments.append("")
    keep = "!$&'()*+,;=:@/?%[]|^`{}\\~#\"<>"
    encoded = [urllib.parse.quote(part, safe=keep) for part in ("/".join(segments), parts.query, parts.fragment)]
    # These three may be encoded or not, depending on where they stand; they mean the same.
    encoded = [re.sub(r"[\"<>`{}^|']", lambda found: "%%%02X" % ord(found[0]), part) for part in encoded]
    return (parts.scheme.lower(), parts.username, parts.password, host, *encoded)


def link(urls):
    """The first address that Discord has room for, else the first."""
    addresses = [address(url) for url in urls if url]
    fitting = [parts for parts in addresses if len("://?#") + sum(len(part or "") for part in parts) <= 2048]
    return next(iter(fitting + addresses), None)


def front_matter(path):
    text = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    found = re.match(r"---[ \t]*\n(.*?)^---[ \t]*$", text, re.DOTALL | re.MULTILINE)
    if not found:
        raise ValueError("no front matter")
    return yaml.load(found[1], LOADER) or {}


def expected(path):
    keys = front_matter(path)
    topics = list(dict.fromkeys(filter(None, (plain(topic) for topic in keys.get("topics") or []))))
    return {
        "title": plain(keys["title"]),
        "link": link([word(keys.get("webUrl")), word(keys.get("originalUrl"))]),
        "heat": whole(keys.get("heat"), 0),
        "quality": whole(keys.get("quality"), None),
        "published_at": instant(word(keys.get("publishedDateTime"))),
        "topics": topics,
        "is_published": boolean(keys.get("published"), True),
        "is_removed": boolean(keys.get("removed"), False),
        "is_draft": boolean(keys.get("draft"), False),
        "is_announced": boolean(keys.get("announce"), True),
        "related": len(keys.get("related") or []),
    }


def of_line(line):
    article = json.loads(line)
    article["link"] = address(article["link"])
    article["published_at"] = instant(article["published_at"])
    return article.pop("id"), article


def main():
    folder, lines = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]).read_text(encoding="utf-8").splitlines()
    pairs = [of_line(line) for line in lines]
    articles = dict(pairs)
    passed = failed = 0
    if len(articles) != len(pairs):
        print("an id stands in more than one line")
        failed += 1
    if [identifier for identifier, _ in pairs] != sorted((identifier for identifier, _ in pairs), key=str.encode):
        print("the lines are not in the order of the ids")
        failed += 1
    for path in sorted(folder.rglob("*.md")):
        relative = path.relative_to(folder)
        if path.name == "README.md" or any(part.startswith(".") or part == "README.md" for part in relative.parts):
            continue
        identifier = relative.as_posix()[: -len(".md")]
        got = articles.pop(identifier, None)
        try:
            differences = [] if got is None else [
                f"{identifier}: {key} is {got.get(key)!r}, not {value!r}"
                for key, value in expected(path).items()
                if got.get(key, "missing") != value
            ]
        except Exception as error:  # whatever goes wrong, the next file is compared too
            differences = [f"{identifier}: cannot be read here: {error!r}"]
        if got is None:
            differences.append(f"{identifier}: not among the lines")
        print(*differences, sep="\n", end="\n" if differences else "")
        passed, failed = (passed, failed + 1) if differences else (passed + 1, failed)
    for identifier in articles:
        print(f"{identifier}: no such file")
        failed += 1
    print(f"{passed} passed, {failed} failed")
    return 0 if passed and not failed else 1


if __name__ == "__main__":
    sys.exit(main())
