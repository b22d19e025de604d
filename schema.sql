-- The one source of a ledger file's schema. Words are those of docs/GLOSSARY.md; amounts are minor units, times Unix
-- milliseconds unless said otherwise. What the log holds can only be added to; all else is re-derived by the audit,
-- or listed in docs/ as kept outside the log on purpose.

-- The log ---------------------------------------------------------------------------------------------------------

-- Record n is leaf n of the Merkle tree.
CREATE TABLE records (
  number INTEGER PRIMARY KEY CHECK (number >= 0),
  time   INTEGER NOT NULL CHECK (time >= 0),
  record BLOB    NOT NULL CHECK (length(record) BETWEEN 1 AND 32768),
  leaf   BLOB    NOT NULL CHECK (length(leaf) = 32)
) STRICT;

-- The postings, each with the balance behind it. An entry is keyed by 8 × record number + position, so that new ones
-- always come last. Each account's entries form a chain: `sequence` counts them from 1, `previous` is the one before,
-- `skip` the one whose sequence lacks this one's lowest bit (0 for none: entry 0 would belong to the genesis).
CREATE TABLE entries (
  entry    INTEGER PRIMARY KEY CHECK (entry > 0),
  account  INTEGER NOT NULL CHECK (account >= 0),
  amount   INTEGER NOT NULL CHECK (amount BETWEEN -9007199254740991 AND 9007199254740991 AND amount <> 0),
  balance  INTEGER NOT NULL CHECK (balance BETWEEN -9007199254740991 AND 9007199254740991),
  sequence INTEGER NOT NULL CHECK (sequence > 0),
  previous INTEGER NOT NULL CHECK (previous >= 0 AND previous < entry),
  skip     INTEGER NOT NULL CHECK (skip >= 0 AND skip <= previous)
) STRICT;

-- One checkpoint for each commit, as the ledger signed it.
CREATE TABLE checkpoints (
  size INTEGER PRIMARY KEY CHECK (size > 0),
  note BLOB    NOT NULL CHECK (length(note) BETWEEN 1 AND 16384)
) STRICT;

-- Complete tiles of 256 hashes (C2SP tlog-tiles) with the root over them.
CREATE TABLE tiles (
  level  INTEGER NOT NULL CHECK (level BETWEEN 0 AND 7),
  number INTEGER NOT NULL CHECK (number >= 0),
  hashes BLOB    NOT NULL CHECK (length(hashes) = 8192),
  root   BLOB    NOT NULL CHECK (length(root) = 32),
  PRIMARY KEY (level, number)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER records_stay BEFORE UPDATE ON records BEGIN SELECT raise(ABORT, 'records are never altered'); END;
CREATE TRIGGER records_last BEFORE DELETE ON records BEGIN SELECT raise(ABORT, 'records are never removed'); END;
CREATE TRIGGER entries_stay BEFORE UPDATE ON entries BEGIN SELECT raise(ABORT, 'entries are never altered'); END;
CREATE TRIGGER entries_last BEFORE DELETE ON entries BEGIN SELECT raise(ABORT, 'entries are never removed'); END;
CREATE TRIGGER checkpoints_stay BEFORE UPDATE ON checkpoints
  BEGIN SELECT raise(ABORT, 'checkpoints are never altered'); END;
CREATE TRIGGER checkpoints_last BEFORE DELETE ON checkpoints
  BEGIN SELECT raise(ABORT, 'checkpoints are never removed'); END;
CREATE TRIGGER tiles_stay BEFORE UPDATE ON tiles BEGIN SELECT raise(ABORT, 'tiles are never altered'); END;
CREATE TRIGGER tiles_last BEFORE DELETE ON tiles BEGIN SELECT raise(ABORT, 'tiles are never removed'); END;

-- Indexes of the log ----------------------------------------------------------------------------------------------

-- Ids of the newest notes, as they came; moved some thousand at a time to a run of note_ids.
CREATE TABLE recent_ids (
  number INTEGER PRIMARY KEY CHECK (number >= 0),
  id     BLOB    NOT NULL CHECK (length(id) = 32),
  -- Unix seconds.
  until  INTEGER NOT NULL
) STRICT;

-- Runs of ids that came one after the other: the Unix second of the first record, the latest `until`.
CREATE TABLE id_runs (
  run   INTEGER PRIMARY KEY CHECK (run >= 0),
  since INTEGER NOT NULL,
  until INTEGER NOT NULL
) STRICT;

-- The ids of each run, sorted.
CREATE TABLE note_ids (
  run    INTEGER NOT NULL REFERENCES id_runs (run),
  id     BLOB    NOT NULL CHECK (length(id) = 32),
  number INTEGER NOT NULL,
  PRIMARY KEY (run, id)
) STRICT, WITHOUT ROWID;

-- Changes by their bank reference.
CREATE TABLE bank_references (
  reference BLOB    NOT NULL CHECK (length(reference) = 32),
  record    INTEGER NOT NULL,
  PRIMARY KEY (reference, record)
) STRICT, WITHOUT ROWID;

-- What was undone of a record, and by which one.
CREATE TABLE reversals (
  record   INTEGER NOT NULL,
  reversal INTEGER NOT NULL,
  amount   INTEGER NOT NULL CHECK (amount > 0),
  PRIMARY KEY (record, reversal)
) STRICT, WITHOUT ROWID;

-- Notes that their signer took back before they were recorded.
CREATE TABLE voids (
  id     BLOB    NOT NULL CHECK (length(id) = 32),
  signer TEXT    NOT NULL,
  record INTEGER NOT NULL,
  PRIMARY KEY (id, signer)
) STRICT, WITHOUT ROWID;

-- Payment requests, and the record that paid or cancelled each.
CREATE TABLE requests (
  record       INTEGER PRIMARY KEY,
  id           BLOB    NOT NULL CHECK (length(id) = 32),
  -- The first 40 bits of the id, which people type.
  code         INTEGER NOT NULL CHECK (code BETWEEN 0 AND 1099511627775),
  payee        TEXT    NOT NULL,
  currency     TEXT    NOT NULL,
  amount       INTEGER NOT NULL CHECK (amount BETWEEN 1 AND 9007199254740991),
  -- Unix seconds.
  until        INTEGER NOT NULL,
  paid_in      INTEGER CHECK (paid_in > record),
  cancelled_in INTEGER CHECK (cancelled_in IS NULL OR (cancelled_in > record AND paid_in IS NULL))
) STRICT;

CREATE INDEX requests_by_code ON requests (code);
CREATE INDEX requests_by_payee ON requests (payee, record);

-- Cards, reasons and references by the member they are about, as long as they are there.
CREATE TABLE member_texts (
  number TEXT    NOT NULL,
  record INTEGER NOT NULL,
  PRIMARY KEY (number, record)
) STRICT, WITHOUT ROWID;

-- The state behind the newest record ------------------------------------------------------------------------------

CREATE TABLE ledger (
  id       INTEGER PRIMARY KEY CHECK (id = 1),
  origin   TEXT    NOT NULL,
  name     TEXT    NOT NULL,
  purpose  TEXT    NOT NULL CHECK (purpose IN ('real', 'trial')),
  rules    INTEGER NOT NULL CHECK (rules > 0),
  -- The accounts' balances below are those behind this many records.
  snapshot INTEGER NOT NULL CHECK (snapshot >= 0)
) STRICT;

CREATE TABLE ledger_keys (
  position    INTEGER PRIMARY KEY CHECK (position >= 0),
  key         BLOB    NOT NULL UNIQUE CHECK (length(key) = 32),
  signs_until INTEGER
) STRICT;

CREATE TABLE currencies (
  position INTEGER PRIMARY KEY CHECK (position >= 0),
  code     TEXT    NOT NULL UNIQUE,
  kind     TEXT    NOT NULL CHECK (kind IN ('backed', 'mutual')),
  scale    INTEGER NOT NULL CHECK (scale BETWEEN 0 AND 6),
  name     TEXT    NOT NULL,
  floor    INTEGER,
  ceiling  INTEGER
) STRICT;

CREATE TABLE settings (
  record INTEGER PRIMARY KEY,
  name   TEXT    NOT NULL,
  value  INTEGER,
  -- Unix seconds.
  starts INTEGER NOT NULL
) STRICT;

CREATE TABLE members (
  number          TEXT    NOT NULL PRIMARY KEY CHECK (length(number) = 10),
  kind            TEXT    NOT NULL CHECK (kind IN ('person', 'business', 'association', 'public', 'counter')),
  roles           TEXT    NOT NULL,
  status          TEXT    NOT NULL CHECK (status IN ('active', 'suspended', 'closed')),
  suspended_since INTEGER,
  accredited      INTEGER NOT NULL CHECK (accredited IN (0, 1)),
  -- Personal data, outside the log: the card's text as it is now.
  card            TEXT,
  card_record     INTEGER,
  card_hash       BLOB CHECK (length(card_hash) = 32),
  record          INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE member_keys (
  key         BLOB    NOT NULL PRIMARY KEY CHECK (length(key) = 32),
  number      TEXT    NOT NULL REFERENCES members (number),
  position    INTEGER NOT NULL CHECK (position >= 0),
  use         TEXT    NOT NULL CHECK (use IN ('pay', 'till')),
  active_from INTEGER NOT NULL,
  enrolled_by BLOB    NOT NULL CHECK (length(enrolled_by) = 32),
  revoked_in  INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE member_limits (
  number   TEXT NOT NULL REFERENCES members (number),
  currency TEXT NOT NULL,
  floor    INTEGER,
  ceiling  INTEGER,
  PRIMARY KEY (number, currency)
) STRICT, WITHOUT ROWID;

-- What the state was at each cutoff, for its closing.
CREATE TABLE cutoffs (
  record    INTEGER PRIMARY KEY CHECK (record > 0),
  period    TEXT    NOT NULL,
  time      INTEGER NOT NULL,
  reserve   INTEGER NOT NULL,
  state     BLOB    NOT NULL CHECK (length(state) = 32),
  -- The record of the closing.
  closed_in INTEGER CHECK (closed_in > record)
) STRICT;

CREATE TABLE cutoff_sums (
  cutoff      INTEGER NOT NULL REFERENCES cutoffs (record),
  position    INTEGER NOT NULL CHECK (position >= 0),
  currency    TEXT    NOT NULL,
  positive    INTEGER NOT NULL CHECK (positive >= 0),
  negative    INTEGER NOT NULL CHECK (negative >= 0),
  circulation INTEGER NOT NULL,
  PRIMARY KEY (cutoff, position)
) STRICT, WITHOUT ROWID;

-- Numbered in the order of their first posting; balance and last entry as of ledger.snapshot.
CREATE TABLE accounts (
  account  INTEGER PRIMARY KEY CHECK (account >= 0),
  name     TEXT    NOT NULL,
  currency TEXT    NOT NULL,
  balance  INTEGER NOT NULL CHECK (balance BETWEEN -9007199254740991 AND 9007199254740991),
  entry    INTEGER NOT NULL CHECK (entry >= 0),
  UNIQUE (name, currency)
) STRICT;

-- Outside the log on purpose --------------------------------------------------------------------------------------

-- Texts of which the log holds only salted hashes; they can be erased.
CREATE TABLE texts (
  record INTEGER PRIMARY KEY,
  salt   BLOB NOT NULL CHECK (length(salt) = 32),
  text   TEXT NOT NULL
) STRICT;
