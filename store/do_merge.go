package store

import (
	"fmt"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
)

// checkTarget returns civic.ErrConflict unless duplicates can be merged into the
// target.
func (do *doing) checkTarget() error {
	t := do.target
	if t.ID == 0 {
		return civic.ErrNotFound
	}
	if err := civic.Can(do.actor, civic.Merge, t, do.now); err != nil {
		return err
	}
	if t.Publication != civic.Pending && t.Publication != civic.Published {
		return fmt.Errorf("merge into what is %s: %w", t.Publication, civic.ErrConflict)
	}
	return nil
}

// queueMerge links a duplicate to the thing that stays. What belongs to the
// duplicate stays with it, and is found through the link.
func (do *doing) queueMerge(duplicate int64) {
	do.writes.Queue(`
		insert into links (district_id, from_id, relation, to_id)
		values (@district, @from, 'duplicate_of', @to)`,
		pgx.NamedArgs{"district": do.district.ID, "from": duplicate, "to": do.Into})
}

// queueUnmerge deletes the link of what is no duplicate any more.
func (do *doing) queueUnmerge(id int64) {
	do.writes.Queue(`
		delete from links
		where district_id = @district
		  and from_id = @id
		  and relation = 'duplicate_of'`,
		pgx.NamedArgs{"district": do.district.ID, "id": id})
}
