-- Which public answer was written of which request for advice. Links are public, and
-- this is not: it is read where somebody may edit the request, and nowhere else.
-- +goose Up
create table advice_answers (
  district_id int not null,
  answer_id bigint not null,
  advice_id bigint not null,
  primary key (district_id, answer_id),
  foreign key (district_id, answer_id) references things on delete cascade,
  foreign key (district_id, advice_id) references things on delete cascade
);
create index advice_answers_advice on advice_answers (district_id, advice_id);
