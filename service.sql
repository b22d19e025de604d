-- The one source of the schema of FILE.service: what the endpoint keeps beside the log. Words are those of
-- docs/GLOSSARY.md; amounts are minor units, times Unix milliseconds unless said otherwise. Losing the file loses no
-- money: the log holds every request, payment and refund.

-- How many records of the log were looked at for requests, sales and refunds of tills.
CREATE TABLE progress (
  id      INTEGER PRIMARY KEY CHECK (id = 1),
  records INTEGER NOT NULL CHECK (records >= 0)
) STRICT;
INSERT INTO progress (id, records) VALUES (1, 0);

-- Tills ------------------------------------------------------------------------------------------------------------

-- A till's key signs requests and their cancellation only. Of its token the SHA-256 is kept. An ended till has neither
-- seed nor token any more; the row stays, since its sales and closes name it.
CREATE TABLE tills (
  id        TEXT    NOT NULL PRIMARY KEY CHECK (length(id) = 8),
  member    TEXT    NOT NULL CHECK (length(member) = 10),
  name      TEXT    NOT NULL CHECK (length(name) BETWEEN 1 AND 64),
  time_zone TEXT    NOT NULL CHECK (length(time_zone) BETWEEN 1 AND 64),
  key       BLOB    NOT NULL UNIQUE CHECK (length(key) = 32),
  seed      BLOB    CHECK (length(seed) = 32),
  token     BLOB    UNIQUE CHECK (length(token) = 32),
  made      INTEGER NOT NULL CHECK (made >= 0),
  ended     INTEGER CHECK (ended >= 0),
  CHECK ((ended IS NULL) = (seed IS NOT NULL) AND (ended IS NULL) = (token IS NOT NULL))
) STRICT, WITHOUT ROWID;
-- A name serves one till of a member at a time.
CREATE UNIQUE INDEX till_names ON tills (member, name) WHERE ended IS NULL;

-- What a till asked to be paid. `record` is NULL until its record was seen; `until` in Unix seconds.
CREATE TABLE till_requests (
  note    BLOB    NOT NULL PRIMARY KEY CHECK (length(note) = 32),
  till    TEXT    NOT NULL REFERENCES tills (id),
  until   INTEGER NOT NULL CHECK (until >= 0),
  cashier TEXT    CHECK (length(cashier) BETWEEN 1 AND 64),
  record  INTEGER UNIQUE CHECK (record > 0),
  state   TEXT    NOT NULL CHECK (state IN ('open', 'paid', 'expired', 'cancelled'))
) STRICT, WITHOUT ROWID;
CREATE INDEX open_till_requests ON till_requests (until) WHERE state = 'open';

-- Payments of a till's requests, and the refunds of such payments, by the number of their record. `sale` is the payment
-- that a refund gives back.
CREATE TABLE till_sales (
  record   INTEGER PRIMARY KEY CHECK (record > 0),
  till     TEXT    NOT NULL REFERENCES tills (id),
  kind     TEXT    NOT NULL CHECK (kind IN ('sale', 'refund')),
  time     INTEGER NOT NULL CHECK (time >= 0),
  currency TEXT    NOT NULL,
  amount   INTEGER NOT NULL CHECK (amount BETWEEN 1 AND 9007199254740991),
  request  BLOB    NOT NULL REFERENCES till_requests (note),
  sale     INTEGER REFERENCES till_sales (record),
  CHECK ((kind = 'refund') = (sale IS NOT NULL))
) STRICT;
CREATE INDEX sales_of_tills ON till_sales (till, record);
CREATE INDEX refunds_of_sales ON till_sales (sale) WHERE sale IS NOT NULL;

-- What happened at a till, numbered from 1; the newest ones are kept. `data` is JSON.
CREATE TABLE till_events (
  till     TEXT    NOT NULL REFERENCES tills (id),
  sequence INTEGER NOT NULL CHECK (sequence > 0),
  kind     TEXT    NOT NULL,
  data     TEXT    NOT NULL,
  PRIMARY KEY (till, sequence)
) STRICT, WITHOUT ROWID;

-- The closes of a till (Z), numbered from 1 without gaps, each with the hash of the one before in its text.
CREATE TABLE till_closes (
  till   TEXT    NOT NULL REFERENCES tills (id),
  number INTEGER NOT NULL CHECK (number > 0),
  text   BLOB    NOT NULL,
  PRIMARY KEY (till, number)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER till_closes_order BEFORE INSERT ON till_closes
  WHEN NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM till_closes WHERE till = NEW.till)
  BEGIN SELECT raise(ABORT, 'closes have no gaps'); END;
CREATE TRIGGER till_closes_stay BEFORE UPDATE ON till_closes
  BEGIN SELECT raise(ABORT, 'closes are never altered'); END;
CREATE TRIGGER till_closes_last BEFORE DELETE ON till_closes
  BEGIN SELECT raise(ABORT, 'closes are never removed'); END;

-- Invitations --------------------------------------------------------------------------------------------------------

-- Of an invitation's token the SHA-256 is kept. `officer` and `key` are who invited: the joining note names them. The note
-- waits from when it comes until the officer has signed it: `note` is its id, `submission` note and card as POST /v1/notes
-- takes them. Name, handle and card are personal data: an invitation that has ended has none of them. `expires` in Unix
-- seconds: until when the link may be used, later until when the note may be recorded.
CREATE TABLE invitations (
  id         TEXT    NOT NULL PRIMARY KEY CHECK (length(id) = 8),
  token      BLOB    NOT NULL UNIQUE CHECK (length(token) = 32),
  officer    TEXT    NOT NULL CHECK (length(officer) = 10),
  key        BLOB    NOT NULL CHECK (length(key) = 32),
  kind       TEXT    NOT NULL,
  name       TEXT    CHECK (length(name) BETWEEN 1 AND 256),
  handle     TEXT    CHECK (length(handle) BETWEEN 2 AND 32),
  made       INTEGER NOT NULL CHECK (made >= 0),
  expires    INTEGER NOT NULL CHECK (expires >= 0),
  state      TEXT    NOT NULL CHECK (state IN ('open', 'waiting', 'joined', 'withdrawn', 'expired')),
  note       BLOB    UNIQUE CHECK (length(note) = 32),
  submission BLOB,
  ended      INTEGER CHECK (ended >= 0),
  CHECK ((ended IS NULL) = (state IN ('open', 'waiting')) AND (ended IS NULL) = (name IS NOT NULL)),
  CHECK ((state = 'waiting') = (submission IS NOT NULL) AND (submission IS NULL OR note IS NOT NULL)),
  CHECK (ended IS NULL OR handle IS NULL)
) STRICT, WITHOUT ROWID;

-- Calls that are made once --------------------------------------------------------------------------------------------

-- By who calls and the Idempotency-Key. `request` is the SHA-256 of what was asked, `prepared` what was about to be
-- done, so that a call that was cut off can be brought to its end; the answer is NULL until it is known.
CREATE TABLE idempotency_keys (
  scope    TEXT    NOT NULL CHECK (length(scope) BETWEEN 1 AND 64),
  key      TEXT    NOT NULL CHECK (length(key) BETWEEN 1 AND 128),
  made     INTEGER NOT NULL CHECK (made >= 0),
  request  BLOB    NOT NULL CHECK (length(request) = 32),
  prepared BLOB,
  status   INTEGER CHECK (status BETWEEN 200 AND 299),
  location TEXT,
  body     BLOB,
  PRIMARY KEY (scope, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX idempotency_ages ON idempotency_keys (made);

-- Webhooks ---------------------------------------------------------------------------------------------------------

-- Where an officer has events sent. Each target has a key of its own, so that what was signed for one is worth nothing at
-- another. The key before, after a rotation, signs too until `previous_ends`. `gone`: the target answered 410.
CREATE TABLE webhooks (
  id            TEXT    NOT NULL PRIMARY KEY CHECK (length(id) = 8),
  url           TEXT    NOT NULL CHECK (length(url) BETWEEN 1 AND 1000),
  events        TEXT    NOT NULL CHECK (length(events) > 0),
  till          TEXT    REFERENCES tills (id),
  private       INTEGER NOT NULL CHECK (private IN (0, 1)),
  seed          BLOB    NOT NULL CHECK (length(seed) = 32),
  previous_seed BLOB    CHECK (length(previous_seed) = 32),
  previous_ends INTEGER CHECK (previous_ends >= 0),
  made          INTEGER NOT NULL CHECK (made >= 0),
  setter        TEXT    CHECK (length(setter) = 10),
  gone          INTEGER CHECK (gone >= 0),
  CHECK ((previous_seed IS NULL) = (previous_ends IS NULL))
) STRICT, WITHOUT ROWID;

-- One event for one target. `message` is the same at every try; `next` is when a waiting one is sent.
CREATE TABLE webhook_deliveries (
  id       INTEGER PRIMARY KEY AUTOINCREMENT,
  webhook  TEXT    NOT NULL REFERENCES webhooks (id),
  message  TEXT    NOT NULL CHECK (length(message) BETWEEN 1 AND 64),
  kind     TEXT    NOT NULL,
  body     TEXT    NOT NULL CHECK (length(body) <= 20480),
  made     INTEGER NOT NULL CHECK (made >= 0),
  state    TEXT    NOT NULL CHECK (state IN ('waiting', 'delivered', 'failed')),
  attempts INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
  tried    INTEGER CHECK (tried >= 0),
  next     INTEGER CHECK (next >= 0),
  status   INTEGER CHECK (status BETWEEN 100 AND 999),
  fault    TEXT    CHECK (length(fault) BETWEEN 1 AND 32),
  UNIQUE (webhook, message),
  CHECK ((state = 'waiting') = (next IS NOT NULL))
) STRICT;
CREATE INDEX waiting_deliveries ON webhook_deliveries (webhook, next) WHERE state = 'waiting';
CREATE INDEX finished_deliveries ON webhook_deliveries (webhook, id) WHERE state <> 'waiting';
