-- A released migration never changes, because every ledger has its checksum. A change is a further file.
-- Times are milliseconds since 1970. Ids of Discord, keys and hashes are the 64 bits of an unsigned number.
-- A reason is JSON: a code that is never changed, and its parameters, as {"code":"permissions_missing","with":16384}.

-- The mark of heatwire's files: 'heat'.
PRAGMA application_id = 1751474548;

CREATE TABLE feed (
    -- AUTOINCREMENT: a number is never used again, because the deliveries of a removed feed stay.
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    guild INTEGER NOT NULL,
    channel INTEGER NOT NULL,
    channel_kind TEXT NOT NULL,
    topic TEXT,
    article_kind TEXT,
    quality_min INTEGER NOT NULL,
    heat_min INTEGER,
    max_age_days INTEGER NOT NULL,
    posts_per_hour_max INTEGER NOT NULL,
    quiet_hours TEXT,
    zone TEXT NOT NULL,
    digest TEXT NOT NULL,
    mention INTEGER,
    opens_thread INTEGER NOT NULL,
    crossposts INTEGER NOT NULL,
    status TEXT NOT NULL,
    status_reason TEXT,
    left_at INTEGER,
    pending_backfill INTEGER,
    created_at INTEGER NOT NULL,
    checked_at INTEGER NOT NULL,
    digested_at INTEGER NOT NULL,
    -- Counts the changes of moderators and of Discord's events. A transaction of the worker that claims checks it.
    version INTEGER NOT NULL,
    -- What the worker still has to do about such a change: JSON as a reason is.
    pending TEXT
) STRICT;

CREATE INDEX feed_of_guild ON feed (guild);
CREATE INDEX feed_of_channel ON feed (channel);

-- What only the worker can do, and a command or an event asks for: JSON as a reason is. A row goes when it is done.
CREATE TABLE task (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    work TEXT NOT NULL
) STRICT;

-- Actions that are done only once.
CREATE TABLE done_once (
    name TEXT PRIMARY KEY
) STRICT;

CREATE TABLE post (
    key INTEGER PRIMARY KEY,
    channel INTEGER NOT NULL,
    feed INTEGER NOT NULL,
    shape TEXT NOT NULL,
    uncertain_since INTEGER,
    uncertain_since_discord INTEGER,
    first_tried_at INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    message INTEGER,
    thread INTEGER,
    sent_at INTEGER,
    edited_at INTEGER,
    fingerprint_version INTEGER NOT NULL,
    displayed INTEGER NOT NULL,
    displayed_with_heat INTEGER NOT NULL,
    is_without_pictures INTEGER NOT NULL,
    discussion TEXT NOT NULL,
    crosspost TEXT NOT NULL
) STRICT;

-- `feed` has no foreign key: a delivery outlives its feed and its article.
CREATE TABLE delivery (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    channel INTEGER NOT NULL,
    feed INTEGER NOT NULL,
    state TEXT NOT NULL,
    post INTEGER REFERENCES post (key),
    article INTEGER NOT NULL,
    article_id TEXT NOT NULL,
    title TEXT NOT NULL,
    reason TEXT,
    since INTEGER NOT NULL,
    known_by BLOB NOT NULL,
    withdrawal TEXT NOT NULL,
    is_dismissed INTEGER NOT NULL,
    -- The state of a delivery before it was sent again. An unclaimed delivery gets it back.
    previous_state TEXT,
    previous_reason TEXT,
    previous_post INTEGER REFERENCES post (key),
    -- The last guard against a double post. A delivery is known by the id of its article, so no two deliveries of a
    -- channel have one article.
    UNIQUE (channel, article)
) STRICT;

-- By what a delivery is known: the hashes of `known_by`, and those of its titles.
CREATE TABLE identity (
    channel INTEGER NOT NULL,
    hash INTEGER NOT NULL,
    delivery INTEGER NOT NULL,
    PRIMARY KEY (channel, hash, delivery)
) STRICT, WITHOUT ROWID;

-- What a start reads, and what a reload asks for. Everything else stays in the database.
CREATE INDEX post_of_time ON post (COALESCE(sent_at, first_tried_at));
CREATE INDEX post_of_thread ON post (thread) WHERE thread IS NOT NULL;
CREATE INDEX delivery_of_feed ON delivery (feed, state);
CREATE INDEX delivery_sending ON delivery (id) WHERE state = 'sending';
CREATE INDEX delivery_sent ON delivery (article) WHERE state = 'sent';
CREATE INDEX delivery_of_post ON delivery (post) WHERE post IS NOT NULL;
CREATE INDEX delivery_of_previous_post ON delivery (previous_post) WHERE previous_post IS NOT NULL;
CREATE INDEX delivery_open ON delivery (feed) WHERE state IN ('failed', 'unknown') AND NOT is_dismissed;
