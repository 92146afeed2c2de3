-- One case. Every row of a table is one revision of one entry; nothing is overwritten.

-- One row: what this database is. docs/file-format.md says how it is checked.
CREATE TABLE meta (
    one              INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
    format           INTEGER NOT NULL,
    vault_id         TEXT    NOT NULL,
    kind             TEXT    NOT NULL,
    object_id        TEXT    NOT NULL,
    generation       INTEGER NOT NULL,
    parent_header_id TEXT,
    device_id        TEXT    NOT NULL,
    saved_at         TEXT    NOT NULL,
    origin_tag       TEXT    NOT NULL
);

-- Nothing but zeroes, so that the size of the file says little about its content.
CREATE TABLE _pad (one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1), filler BLOB);

-- The coded facts. Codes stand in the taxonomy; several codes are separated by |.
CREATE TABLE facts (
    id         TEXT    NOT NULL PRIMARY KEY,
    step       INTEGER NOT NULL,
    entry      TEXT    NOT NULL,
    parents    TEXT    NOT NULL,
    device     TEXT    NOT NULL,
    session    TEXT    NOT NULL,
    saved_at   TEXT    NOT NULL,
    deleted    INTEGER NOT NULL,
    number           TEXT NOT NULL,
    imported_as      TEXT NOT NULL,
    carried_over     INTEGER NOT NULL,
    organisation     TEXT,
    draft            INTEGER NOT NULL,
    intake           TEXT NOT NULL,
    closed           TEXT,
    phase            TEXT NOT NULL,
    channel          TEXT NOT NULL,
    found_via        TEXT NOT NULL,
    reporter_role    TEXT NOT NULL,
    reporter_position TEXT NOT NULL,
    gender           TEXT NOT NULL,
    age_band         TEXT NOT NULL,
    contract_type    TEXT NOT NULL,
    salary_group     TEXT NOT NULL,
    department       TEXT NOT NULL,
    non_belonging    TEXT,
    behaviours       TEXT NOT NULL,
    grounds          TEXT NOT NULL,
    accused_relation TEXT NOT NULL,
    frequency        TEXT NOT NULL,
    interventions    TEXT NOT NULL,
    referrals        TEXT NOT NULL,
    outcome          TEXT NOT NULL,
    closing_reason   TEXT NOT NULL,
    aftercare        TEXT NOT NULL,
    second_adviser   INTEGER NOT NULL,
    duty_basis       TEXT NOT NULL,
    breach           TEXT NOT NULL,
    cluster          TEXT NOT NULL,
    contact_route    TEXT NOT NULL,
    explained_on     TEXT
);

-- Contact moments: what was said, and the adviser's own impressions apart.
CREATE TABLE notes (
    id         TEXT    NOT NULL PRIMARY KEY,
    step       INTEGER NOT NULL,
    entry      TEXT    NOT NULL,
    parents    TEXT    NOT NULL,
    device     TEXT    NOT NULL,
    session    TEXT    NOT NULL,
    saved_at   TEXT    NOT NULL,
    deleted    INTEGER NOT NULL,
    date             TEXT NOT NULL,
    channel          TEXT NOT NULL,
    minutes          INTEGER NOT NULL,
    with_whom        TEXT NOT NULL,
    facts            TEXT NOT NULL,
    impressions      TEXT NOT NULL
);

-- Everybody who plays a part.
CREATE TABLE persons (
    id         TEXT    NOT NULL PRIMARY KEY,
    step       INTEGER NOT NULL,
    entry      TEXT    NOT NULL,
    parents    TEXT    NOT NULL,
    device     TEXT    NOT NULL,
    session    TEXT    NOT NULL,
    saved_at   TEXT    NOT NULL,
    deleted    INTEGER NOT NULL,
    role             TEXT NOT NULL,
    name             TEXT NOT NULL,
    aliases          TEXT NOT NULL,
    contact          TEXT NOT NULL,
    details          TEXT NOT NULL
);

-- What is still to be done, on which day, and why.
CREATE TABLE tasks (
    id         TEXT    NOT NULL PRIMARY KEY,
    step       INTEGER NOT NULL,
    entry      TEXT    NOT NULL,
    parents    TEXT    NOT NULL,
    device     TEXT    NOT NULL,
    session    TEXT    NOT NULL,
    saved_at   TEXT    NOT NULL,
    deleted    INTEGER NOT NULL,
    due              TEXT NOT NULL,
    reason           TEXT NOT NULL,
    done             TEXT
);

-- What the reporter agreed to, or did not.
CREATE TABLE consents (
    id         TEXT    NOT NULL PRIMARY KEY,
    step       INTEGER NOT NULL,
    entry      TEXT    NOT NULL,
    parents    TEXT    NOT NULL,
    device     TEXT    NOT NULL,
    session    TEXT    NOT NULL,
    saved_at   TEXT    NOT NULL,
    deleted    INTEGER NOT NULL,
    kind             TEXT NOT NULL,
    state            TEXT NOT NULL,
    date             TEXT NOT NULL,
    written          INTEGER NOT NULL,
    scope            TEXT NOT NULL
);

-- Contacts and minutes of a year that were counted before Luwte.
CREATE TABLE year_work (
    id         TEXT    NOT NULL PRIMARY KEY,
    step       INTEGER NOT NULL,
    entry      TEXT    NOT NULL,
    parents    TEXT    NOT NULL,
    device     TEXT    NOT NULL,
    session    TEXT    NOT NULL,
    saved_at   TEXT    NOT NULL,
    deleted    INTEGER NOT NULL,
    year             INTEGER NOT NULL,
    contacts         INTEGER NOT NULL,
    minutes          INTEGER NOT NULL
);

-- The intervision summary that is being written; its entry is the case itself.
CREATE TABLE summary_drafts (
    id         TEXT    NOT NULL PRIMARY KEY,
    step       INTEGER NOT NULL,
    entry      TEXT    NOT NULL,
    parents    TEXT    NOT NULL,
    device     TEXT    NOT NULL,
    session    TEXT    NOT NULL,
    saved_at   TEXT    NOT NULL,
    deleted    INTEGER NOT NULL,
    language         TEXT NOT NULL,
    month            TEXT,
    traits           TEXT NOT NULL,
    angle            TEXT NOT NULL,
    situation        TEXT NOT NULL,
    action           TEXT NOT NULL,
    question         TEXT NOT NULL,
    feeling          TEXT NOT NULL,
    reason           TEXT NOT NULL
);

-- Files that belong to the case; the entry is the name of the sealed file in attachments/.
CREATE TABLE attachments (
    id         TEXT    NOT NULL PRIMARY KEY,
    step       INTEGER NOT NULL,
    entry      TEXT    NOT NULL,
    parents    TEXT    NOT NULL,
    device     TEXT    NOT NULL,
    session    TEXT    NOT NULL,
    saved_at   TEXT    NOT NULL,
    deleted    INTEGER NOT NULL,
    name             TEXT NOT NULL,
    kind             TEXT NOT NULL,
    length           INTEGER NOT NULL,
    sha256           TEXT NOT NULL
);

-- What stands now: of every entry the newest revision that none follows as it now is,
-- those apart that say the entry is gone. parents holds id:step|id:step, and an id is
-- 36 characters. For reading with the sqlite3 program.
CREATE VIEW facts_now AS
SELECT entry, number, imported_as, carried_over, organisation, draft, intake, closed, phase, channel, found_via, reporter_role, reporter_position, gender, age_band, contract_type, salary_group, department, non_belonging, behaviours, grounds, accused_relation, frequency, interventions, referrals, outcome, closing_reason, aftercare, second_adviser, duty_basis, breach, cluster, contact_route, explained_on, saved_at
FROM (
    SELECT *, row_number() OVER (PARTITION BY entry ORDER BY saved_at DESC, id DESC) AS place
    FROM facts
    WHERE deleted = 0 AND NOT EXISTS (
        SELECT 1 FROM facts AS later
        WHERE instr(later.parents, facts.id || ':')
        AND CAST(substr(later.parents, instr(later.parents, facts.id || ':') + 37) AS INTEGER) >= facts.step
    )
)
WHERE place = 1;

CREATE VIEW notes_now AS
SELECT entry, date, channel, minutes, with_whom, facts, impressions, saved_at
FROM (
    SELECT *, row_number() OVER (PARTITION BY entry ORDER BY saved_at DESC, id DESC) AS place
    FROM notes
    WHERE deleted = 0 AND NOT EXISTS (
        SELECT 1 FROM notes AS later
        WHERE instr(later.parents, notes.id || ':')
        AND CAST(substr(later.parents, instr(later.parents, notes.id || ':') + 37) AS INTEGER) >= notes.step
    )
)
WHERE place = 1;

CREATE VIEW persons_now AS
SELECT entry, role, name, aliases, contact, details, saved_at
FROM (
    SELECT *, row_number() OVER (PARTITION BY entry ORDER BY saved_at DESC, id DESC) AS place
    FROM persons
    WHERE deleted = 0 AND NOT EXISTS (
        SELECT 1 FROM persons AS later
        WHERE instr(later.parents, persons.id || ':')
        AND CAST(substr(later.parents, instr(later.parents, persons.id || ':') + 37) AS INTEGER) >= persons.step
    )
)
WHERE place = 1;

CREATE VIEW tasks_now AS
SELECT entry, due, reason, done, saved_at
FROM (
    SELECT *, row_number() OVER (PARTITION BY entry ORDER BY saved_at DESC, id DESC) AS place
    FROM tasks
    WHERE deleted = 0 AND NOT EXISTS (
        SELECT 1 FROM tasks AS later
        WHERE instr(later.parents, tasks.id || ':')
        AND CAST(substr(later.parents, instr(later.parents, tasks.id || ':') + 37) AS INTEGER) >= tasks.step
    )
)
WHERE place = 1;

CREATE VIEW consents_now AS
SELECT entry, kind, state, date, written, scope, saved_at
FROM (
    SELECT *, row_number() OVER (PARTITION BY entry ORDER BY saved_at DESC, id DESC) AS place
    FROM consents
    WHERE deleted = 0 AND NOT EXISTS (
        SELECT 1 FROM consents AS later
        WHERE instr(later.parents, consents.id || ':')
        AND CAST(substr(later.parents, instr(later.parents, consents.id || ':') + 37) AS INTEGER) >= consents.step
    )
)
WHERE place = 1;

CREATE VIEW year_work_now AS
SELECT entry, year, contacts, minutes, saved_at
FROM (
    SELECT *, row_number() OVER (PARTITION BY entry ORDER BY saved_at DESC, id DESC) AS place
    FROM year_work
    WHERE deleted = 0 AND NOT EXISTS (
        SELECT 1 FROM year_work AS later
        WHERE instr(later.parents, year_work.id || ':')
        AND CAST(substr(later.parents, instr(later.parents, year_work.id || ':') + 37) AS INTEGER) >= year_work.step
    )
)
WHERE place = 1;

CREATE VIEW summary_drafts_now AS
SELECT entry, language, month, traits, angle, situation, action, question, feeling, reason, saved_at
FROM (
    SELECT *, row_number() OVER (PARTITION BY entry ORDER BY saved_at DESC, id DESC) AS place
    FROM summary_drafts
    WHERE deleted = 0 AND NOT EXISTS (
        SELECT 1 FROM summary_drafts AS later
        WHERE instr(later.parents, summary_drafts.id || ':')
        AND CAST(substr(later.parents, instr(later.parents, summary_drafts.id || ':') + 37) AS INTEGER) >= summary_drafts.step
    )
)
WHERE place = 1;

CREATE VIEW attachments_now AS
SELECT entry, name, kind, length, sha256, saved_at
FROM (
    SELECT *, row_number() OVER (PARTITION BY entry ORDER BY saved_at DESC, id DESC) AS place
    FROM attachments
    WHERE deleted = 0 AND NOT EXISTS (
        SELECT 1 FROM attachments AS later
        WHERE instr(later.parents, attachments.id || ':')
        AND CAST(substr(later.parents, instr(later.parents, attachments.id || ':') + 37) AS INTEGER) >= attachments.step
    )
)
WHERE place = 1;
