package store

import (
	"context"
	_ "embed"
	"fmt"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
)

//go:embed sql/silent_members.sql
var silentMembersSQL string

// SilentMembers returns the names of the members of a working group who have said
// nothing about what it writes now, in their order: they have neither written nor
// changed any of the texts with the ids, nor commented on one, nor dissented.
func (s *Store) SilentMembers(ctx context.Context, d *civic.District, group int64, texts []int64) ([]string, error) {
	rows, _ := s.readPool.Query(ctx, silentMembersSQL, pgx.NamedArgs{"district": d.ID, "group": group, "texts": texts}) // CollectRows returns the error
	names, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return nil, fmt.Errorf("read who is silent in group %d of %s: %w", group, d.Slug, civicError(err))
	}
	return names, nil
}
