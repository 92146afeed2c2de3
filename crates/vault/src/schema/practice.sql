-- The practice. Every row of a table is one revision of one entry; nothing is overwritten.

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

-- The vertrouwenspersoon.
CREATE TABLE adviser (
    id         TEXT    NOT NULL PRIMARY KEY,
    step       INTEGER NOT NULL,
    entry      TEXT    NOT NULL,
    parents    TEXT    NOT NULL,
    device     TEXT    NOT NULL,
    session    TEXT    NOT NULL,
    saved_at   TEXT    NOT NULL,
    deleted    INTEGER NOT NULL,
    name             TEXT NOT NULL,
    certification    TEXT NOT NULL
);

-- The client organisations.
CREATE TABLE organisations (
    id         TEXT    NOT NULL PRIMARY KEY,
    step       INTEGER NOT NULL,
    entry      TEXT    NOT NULL,
    parents    TEXT    NOT NULL,
    device     TEXT    NOT NULL,
    session    TEXT    NOT NULL,
    saved_at   TEXT    NOT NULL,
    deleted    INTEGER NOT NULL,
    name             TEXT NOT NULL,
    aliases          TEXT NOT NULL,
    places           TEXT NOT NULL,
    departments      TEXT NOT NULL,
    sector           TEXT,
    headcount        INTEGER,
    adviser_role     TEXT NOT NULL,
    accused_policy   TEXT NOT NULL,
    second_adviser   TEXT NOT NULL,
    year_start_month INTEGER NOT NULL,
    threshold        INTEGER NOT NULL,
    hidden_tables    TEXT NOT NULL,
    retention_months INTEGER NOT NULL,
    active           INTEGER NOT NULL
);

-- What the adviser writes in an annual report.
CREATE TABLE report_texts (
    id         TEXT    NOT NULL PRIMARY KEY,
    step       INTEGER NOT NULL,
    entry      TEXT    NOT NULL,
    parents    TEXT    NOT NULL,
    device     TEXT    NOT NULL,
    session    TEXT    NOT NULL,
    saved_at   TEXT    NOT NULL,
    deleted    INTEGER NOT NULL,
    organisation     TEXT NOT NULL,
    year             INTEGER NOT NULL,
    summary          TEXT NOT NULL,
    activities       TEXT NOT NULL,
    risk_profile     TEXT NOT NULL,
    comparison       TEXT NOT NULL,
    developments     TEXT NOT NULL,
    evaluation       TEXT NOT NULL,
    recommendations  TEXT NOT NULL
);

-- Years that were made final, with the counts and texts as they were printed.
CREATE TABLE frozen_years (
    id         TEXT    NOT NULL PRIMARY KEY,
    step       INTEGER NOT NULL,
    entry      TEXT    NOT NULL,
    parents    TEXT    NOT NULL,
    device     TEXT    NOT NULL,
    session    TEXT    NOT NULL,
    saved_at   TEXT    NOT NULL,
    deleted    INTEGER NOT NULL,
    organisation     TEXT NOT NULL,
    year             INTEGER NOT NULL,
    threshold        INTEGER NOT NULL,
    taxonomy_version INTEGER NOT NULL,
    frozen_on        TEXT NOT NULL,
    headcount        INTEGER,
    hidden_tables    TEXT NOT NULL,
    counts           TEXT NOT NULL,
    counted          TEXT NOT NULL,
    text_organisation TEXT NOT NULL,
    text_year        INTEGER NOT NULL,
    text_summary     TEXT NOT NULL,
    text_activities  TEXT NOT NULL,
    text_risk_profile TEXT NOT NULL,
    text_comparison  TEXT NOT NULL,
    text_developments TEXT NOT NULL,
    text_evaluation  TEXT NOT NULL,
    text_recommendations TEXT NOT NULL
);

-- Every case that was ever made; entry is the name of its file.
CREATE TABLE cases (
    id         TEXT    NOT NULL PRIMARY KEY,
    step       INTEGER NOT NULL,
    entry      TEXT    NOT NULL,
    parents    TEXT    NOT NULL,
    device     TEXT    NOT NULL,
    session    TEXT    NOT NULL,
    saved_at   TEXT    NOT NULL,
    deleted    INTEGER NOT NULL,
    number           TEXT NOT NULL
);

-- What left the vault and what was set, without content.
CREATE TABLE log (
    id         TEXT    NOT NULL PRIMARY KEY,
    step       INTEGER NOT NULL,
    entry      TEXT    NOT NULL,
    parents    TEXT    NOT NULL,
    device     TEXT    NOT NULL,
    session    TEXT    NOT NULL,
    saved_at   TEXT    NOT NULL,
    deleted    INTEGER NOT NULL,
    act              TEXT NOT NULL,
    subject          TEXT NOT NULL,
    reason           TEXT NOT NULL
);

-- The age secret keys that open the files in inbox/.
CREATE TABLE inbox_keys (
    id         TEXT    NOT NULL PRIMARY KEY,
    step       INTEGER NOT NULL,
    entry      TEXT    NOT NULL,
    parents    TEXT    NOT NULL,
    device     TEXT    NOT NULL,
    session    TEXT    NOT NULL,
    saved_at   TEXT    NOT NULL,
    deleted    INTEGER NOT NULL,
    secret           TEXT NOT NULL
);

-- What stands now: of every entry the newest revision that none follows as it now is,
-- those apart that say the entry is gone. parents holds id:step|id:step, and an id is
-- 36 characters. For reading with the sqlite3 program.
CREATE VIEW adviser_now AS
SELECT entry, name, certification, saved_at
FROM (
    SELECT *, row_number() OVER (PARTITION BY entry ORDER BY saved_at DESC, id DESC) AS place
    FROM adviser
    WHERE deleted = 0 AND NOT EXISTS (
        SELECT 1 FROM adviser AS later
        WHERE instr(later.parents, adviser.id || ':')
        AND CAST(substr(later.parents, instr(later.parents, adviser.id || ':') + 37) AS INTEGER) >= adviser.step
    )
)
WHERE place = 1;

CREATE VIEW organisations_now AS
SELECT entry, name, aliases, places, departments, sector, headcount, adviser_role, accused_policy, second_adviser, year_start_month, threshold, hidden_tables, retention_months, active, saved_at
FROM (
    SELECT *, row_number() OVER (PARTITION BY entry ORDER BY saved_at DESC, id DESC) AS place
    FROM organisations
    WHERE deleted = 0 AND NOT EXISTS (
        SELECT 1 FROM organisations AS later
        WHERE instr(later.parents, organisations.id || ':')
        AND CAST(substr(later.parents, instr(later.parents, organisations.id || ':') + 37) AS INTEGER) >= organisations.step
    )
)
WHERE place = 1;

CREATE VIEW report_texts_now AS
SELECT entry, organisation, year, summary, activities, risk_profile, comparison, developments, evaluation, recommendations, saved_at
FROM (
    SELECT *, row_number() OVER (PARTITION BY entry ORDER BY saved_at DESC, id DESC) AS place
    FROM report_texts
    WHERE deleted = 0 AND NOT EXISTS (
        SELECT 1 FROM report_texts AS later
        WHERE instr(later.parents, report_texts.id || ':')
        AND CAST(substr(later.parents, instr(later.parents, report_texts.id || ':') + 37) AS INTEGER) >= report_texts.step
    )
)
WHERE place = 1;

CREATE VIEW frozen_years_now AS
SELECT entry, organisation, year, threshold, taxonomy_version, frozen_on, headcount, hidden_tables, counts, counted, text_organisation, text_year, text_summary, text_activities, text_risk_profile, text_comparison, text_developments, text_evaluation, text_recommendations, saved_at
FROM (
    SELECT *, row_number() OVER (PARTITION BY entry ORDER BY saved_at DESC, id DESC) AS place
    FROM frozen_years
    WHERE deleted = 0 AND NOT EXISTS (
        SELECT 1 FROM frozen_years AS later
        WHERE instr(later.parents, frozen_years.id || ':')
        AND CAST(substr(later.parents, instr(later.parents, frozen_years.id || ':') + 37) AS INTEGER) >= frozen_years.step
    )
)
WHERE place = 1;

CREATE VIEW cases_now AS
SELECT entry, number, saved_at
FROM (
    SELECT *, row_number() OVER (PARTITION BY entry ORDER BY saved_at DESC, id DESC) AS place
    FROM cases
    WHERE deleted = 0 AND NOT EXISTS (
        SELECT 1 FROM cases AS later
        WHERE instr(later.parents, cases.id || ':')
        AND CAST(substr(later.parents, instr(later.parents, cases.id || ':') + 37) AS INTEGER) >= cases.step
    )
)
WHERE place = 1;

CREATE VIEW log_now AS
SELECT entry, act, subject, reason, saved_at
FROM (
    SELECT *, row_number() OVER (PARTITION BY entry ORDER BY saved_at DESC, id DESC) AS place
    FROM log
    WHERE deleted = 0 AND NOT EXISTS (
        SELECT 1 FROM log AS later
        WHERE instr(later.parents, log.id || ':')
        AND CAST(substr(later.parents, instr(later.parents, log.id || ':') + 37) AS INTEGER) >= log.step
    )
)
WHERE place = 1;

CREATE VIEW inbox_keys_now AS
SELECT entry, secret, saved_at
FROM (
    SELECT *, row_number() OVER (PARTITION BY entry ORDER BY saved_at DESC, id DESC) AS place
    FROM inbox_keys
    WHERE deleted = 0 AND NOT EXISTS (
        SELECT 1 FROM inbox_keys AS later
        WHERE instr(later.parents, inbox_keys.id || ':')
        AND CAST(substr(later.parents, instr(later.parents, inbox_keys.id || ':') + 37) AS INTEGER) >= inbox_keys.step
    )
)
WHERE place = 1;
