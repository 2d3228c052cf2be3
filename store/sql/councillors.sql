-- The councillors of a day: those of a ward and of the whole district, or all.
select thing_id, version, title, content
from things
join contents using (district_id, thing_id)
where things.district_id = @district
  and kind = 'councillor'
  and publication = 'published'
  and state = 'in_office'
  and coalesce(content -> 'words' ->> 'from', @day) <= @day
  and coalesce(content -> 'words' ->> 'until', @day) >= @day
  and (@all or coalesce(content -> 'words' ->> 'ward', @ward) = @ward)
order by content -> 'words' ->> 'ward', title, thing_id
