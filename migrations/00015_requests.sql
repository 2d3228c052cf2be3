-- A request that adds a pin is carried out once, however often it is sent: after
-- a lost answer, a second click, or hours offline. Its sender gives it a random
-- key, which is not stored: without it, nobody can tell from a row what was sent
-- or which private link it received. A repetition returns the result of the
-- first; pin_id and publication are that result, whatever became of the pin.
-- +goose Up
create table requests (
  district_id int not null references districts on delete cascade,
  key_hash bytea not null check (octet_length(key_hash) = 32), -- SHA-256
  who text not null default '', -- the sender; '' for nobody known, of whom the key is the only proof
  body_hash bytea not null check (octet_length(body_hash) = 32), -- HMAC-SHA-256 with the key
  salt bytea not null check (octet_length(salt) = 16), -- of the private link
  pin_id bigint not null,
  publication text not null,
  private boolean not null, -- whether the pin received a private link
  created_at timestamptz not null default now(),
  primary key (district_id, key_hash)
);
create index requests_created on requests (district_id, created_at);
