-- The register: what lists and counting need of every case. Derived from the case
-- files and made again from them; it may be deleted at any time.

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

-- One row a case, in the order of rowid, which the other tables call place.
CREATE TABLE cases (
    place            INTEGER NOT NULL PRIMARY KEY,
    id               TEXT NOT NULL,
    generation       INTEGER NOT NULL,
    header_id        BLOB NOT NULL,
    size             INTEGER NOT NULL,
    last_contact     TEXT,
    work             TEXT NOT NULL,
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

CREATE TABLE persons (
    place            INTEGER NOT NULL,
    entry            TEXT NOT NULL,
    role             TEXT NOT NULL,
    name             TEXT NOT NULL,
    aliases          TEXT NOT NULL,
    contact          TEXT NOT NULL,
    details          TEXT NOT NULL
);

CREATE TABLE tasks (
    place            INTEGER NOT NULL,
    entry            TEXT NOT NULL,
    due              TEXT NOT NULL,
    reason           TEXT NOT NULL,
    done             TEXT
);

CREATE TABLE consents (
    place            INTEGER NOT NULL,
    entry            TEXT NOT NULL,
    kind             TEXT NOT NULL,
    state            TEXT NOT NULL,
    date             TEXT NOT NULL,
    written          INTEGER NOT NULL,
    scope            TEXT NOT NULL
);
