-- In which ways pins and ideas came that count in a time, with how many of each: an idea
-- without a source was sent in @online, as are all pins that were not imported.
select source, sum(pins)::int, sum(ideas)::int
from (
  select @online as source, count(*) as pins, 0 as ideas
  from pins
  where district_id = @district
    and publication = 'published'
    and visibility <> 'hex'
    and source_id is null
    and reported_on >= @from
    and reported_on < @until

  union all
  select coalesce(nullif(content #>> '{words,source}', ''), @online), 0, count(*)
  from things
  join contents using (district_id, thing_id)
  where district_id = @district
    and kind = 'idea'
    and publication = 'published'
    and published_on >= @from
    and published_on < @until
  group by 1
) as counted
group by source
having sum(pins + ideas) > 0
order by sum(pins + ideas) desc, source
