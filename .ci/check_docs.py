#!/usr/bin/env python3
"""Checks the documents: every link inside the project leads to a file and a heading that exist, and every test that
SECURITY.md and PROMISES.md name exists.

Usage: check_docs.py
"""

import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
# Their rows name tests. A word with two underscores or more is a test's name.
NAMES_TESTS = ["SECURITY.md", "PROMISES.md"]
LINK = re.compile(r"\]\(([^)\s]+)\)")
TEST = re.compile(r"`([a-z0-9]+(?:_[a-z0-9]+){2,})`")
# The attribute, other attributes, and then the function's name.
TEST_FUNCTION = re.compile(r"#\[(?:tokio::)?test\b[^\]]*\](?:\s*#\[[^\]]*\])*\s*(?:async )?fn (\w+)", re.DOTALL)


def without_code(text):
    """The text without fenced blocks: what looks like a link or a heading in them is none."""
    return re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE)


def anchors(text):
    """The anchors of headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", without_code(text), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def faults_of(path):
    text = path.read_text(encoding="utf-8")
    for target in LINK.findall(re.sub(r"`[^`]*`", "", without_code(text))):
        if "://" in target or target.startswith("mailto:"):
            continue
        name, _, anchor = target.partition("#")
        place = (path.parent / name).resolve() if name else path
        if not place.exists():
            yield f"{target}: no such file"
        elif anchor and anchor not in anchors(place.read_text(encoding="utf-8")):
            yield f"{target}: no such heading"


def tracked(pattern):
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "--", pattern],
        cwd=ROOT, check=True, capture_output=True, text=True,
    )
    return [ROOT / line for line in listed.stdout.splitlines() if (ROOT / line).is_file()]


def is_document(path):
    # Articles are data, and the corpus of a fuzz target is none of ours to mend.
    parts = path.relative_to(ROOT).parts
    return parts[0] != "articles" and "corpus" not in parts


def tests():
    found = set()
    for path in tracked("*.rs"):
        text = path.read_text(encoding="utf-8")
        found.update(TEST_FUNCTION.findall(text))
    return found


def main():
    documents = sorted(filter(is_document, tracked("*.md")))
    known = tests()
    passed = failed = 0
    for path in documents:
        faults = list(faults_of(path))
        name = path.relative_to(ROOT).as_posix()
        if name in NAMES_TESTS:
            named = TEST.findall(path.read_text(encoding="utf-8"))
            faults += [f"no test named {test}" for test in named if test not in known]
            if not named:
                faults.append("names no test")
        for fault in faults:
            print(f"{name}: {fault}")
        passed, failed = (passed, failed + 1) if faults else (passed + 1, failed)
    missing = [name for name in NAMES_TESTS if ROOT / name not in documents]
    for name in missing:
        print(f"{name}: is not there")
    failed += len(missing)
    print(f"{passed} passed, {failed} failed")
    return 0 if passed and not failed else 1


if __name__ == "__main__":
    sys.exit(main())
