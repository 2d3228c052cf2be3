package store

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
)

// ReplacePopulation replaces what is known of how many people live in a district:
// the residents of all areas, the grid, their day and their source.
func (s *Store) ReplacePopulation(ctx context.Context, d *civic.District, p *civic.Population) error {
	slugs, residents := []string{}, []int32{}
	for slug, n := range p.ByArea {
		slugs, residents = append(slugs, slug), append(residents, int32(n))
	}
	cells, people := []int64{}, []float64{}
	for c, n := range p.ByCell {
		cells, people = append(cells, int64(c)), append(people, n)
	}
	err := s.inTx(ctx, func(tx pgx.Tx) error {
		var b pgx.Batch
		args := pgx.NamedArgs{
			"district": d.ID, "slugs": slugs, "residents": residents, "cells": cells, "people": people,
			"day": int32(p.Date), "source": p.Source, "resolution": pgtype.Int4{Int32: int32(p.Resolution), Valid: p.ByCell != nil},
		}
		b.Queue(`
			delete from populations
			where district_id = @district`, args)
		b.Queue(`
			update areas
			set residents = given.residents
			from areas as former
			left join unnest(@slugs::text[], @residents::int[]) as given (slug, residents) using (slug)
			where areas.district_id = @district
			  and former.district_id = @district
			  and former.area_id = areas.area_id
			  and areas.residents is distinct from given.residents`, args)
		b.Queue(`
			insert into populations (district_id, counted_on, source, resolution)
			values (@district, date '1970-01-01' + @day::int, @source, @resolution)`, args)
		b.Queue(`
			insert into population_cells (district_id, cell, people)
			select @district, cell, people
			from unnest(@cells::bigint[], @people::float8[]) as given (cell, people)`, args)
		return tx.SendBatch(ctx, &b).Close()
	})
	if err != nil {
		return fmt.Errorf("replace the population of %s: %w", d.Slug, civicError(err))
	}
	return nil
}

// Population returns how many people live in a district. Residents by area that
// came with its boundaries have neither a day nor a source.
func (s *Store) Population(ctx context.Context, d *civic.District) (civic.Population, error) {
	var p civic.Population
	var day int32
	var cells []int64
	var people []float64
	err := s.readPool.QueryRow(ctx, `
		select coalesce(counted_on - date '1970-01-01', 0), coalesce(source, ''), coalesce(resolution, 0),
		  (select coalesce(jsonb_object_agg(slug, residents), '{}')
		   from areas
		   where district_id = @district
		     and residents is not null),
		  (select array_agg(cell order by cell)
		   from population_cells
		   where district_id = @district),
		  (select array_agg(people order by cell)
		   from population_cells
		   where district_id = @district)
		from districts
		left join populations using (district_id)
		where district_id = @district`,
		pgx.NamedArgs{"district": d.ID}).Scan(&day, &p.Source, &p.Resolution, &p.ByArea, &cells, &people)
	if err != nil {
		return civic.Population{}, fmt.Errorf("read the population of %s: %w", d.Slug, civicError(err))
	}
	p.Date = civic.Day(day)
	if p.Resolution > 0 {
		p.ByCell = make(map[geo.Cell]float64, len(cells))
		for i, c := range cells {
			p.ByCell[geo.Cell(c)] = people[i]
		}
	}
	p.Sum()
	return p, nil
}
