-- A pin that is published only in counts has no public page. Whoever reports it
-- receives a private link with a random token, of which only the hash is kept.
-- +goose Up
create table private_links (
  district_id int not null,
  token_hash bytea not null check (octet_length(token_hash) = 32), -- SHA-256
  pin_id bigint not null,
  created_at timestamptz not null default now(),
  primary key (district_id, token_hash),
  foreign key (district_id, pin_id) references pins on delete cascade
);
create index private_links_pin on private_links (district_id, pin_id);
